import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { searchPath } from '../programs/run-program.ts'
import { type Ask, createAsk, createCommand } from './ask-server.ts'

export type ThrowawayServer = {
  /** Of its socket, in which nobody else looks. */
  socket: string
  /** As superuser. */
  ask: Ask
  command: ReturnType<typeof createCommand>
  stop: () => Promise<void>
}

/**
 * It must never be taken for the live one, nor reach it: no network, nothing pushed to the archive, nobody waited for. What it would
 * archive is left for the server that takes this data over.
 */
const settings = {
  listen_addresses: '',
  archive_mode: 'on',
  archive_command: '',
  synchronous_standby_names: '',
  max_wal_senders: '0',
  shared_buffers: '32MB',
  hot_standby: 'off',
  logging_collector: 'off',
  log_destination: 'stderr',
  hba_file: '/etc/finity/pg_hba.conf',
}

/** Starts a server on restored data and waits until it has replayed all that its recovery asks for; throws with its last words. */
export async function startThrowawayServer(
  data: string,
  limitMs: number,
  environment: Record<string, string>,
): Promise<ThrowawayServer> {
  // A path of more than 107 characters is no address.
  const socket = join('/tmp', `server-${process.pid}-${counter++}`)
  mkdirSync(socket, { recursive: true, mode: 0o700 })
  const options = Object.entries({ ...settings, unix_socket_directories: socket }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  )
  const server = spawn('postgres', ['-D', data, ...options], {
    env: { PATH: searchPath, LANG: 'C.UTF-8', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      log = (log + chunk).slice(-4_000)
    })
  const access = { socket, user: 'postgres' }
  const ask = createAsk(access)
  await awaitPromotion(server, ask, limitMs).catch(async (error: unknown) => {
    await end(server)
    throw new Error(`The restored server did not come up: ${(error as Error).message} ${log.slice(-800)}`)
  })
  return { socket, ask, command: createCommand(access), stop: () => end(server) }
}

let counter = 0

async function awaitPromotion(server: ChildProcess, ask: Ask, limitMs: number): Promise<void> {
  for (const startedAt = performance.now(); performance.now() - startedAt < limitMs; ) {
    if (server.exitCode !== null) throw new Error(`It ended with ${server.exitCode}.`)
    const rows = await ask<{ replays: boolean }>('postgres', 'select pg_is_in_recovery() as replays').catch(
      () => [],
    )
    if (rows[0]?.replays === false) return
    await pause(100)
  }
  throw new Error(`It had not replayed its log after ${limitMs / 1_000} s.`)
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const ended = new Promise((resolve) => server.once('close', resolve))
  // Fast: what is still connected goes.
  server.kill('SIGINT')
  await ended
}
