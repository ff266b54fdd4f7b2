import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { runProgram } from '../programs/run-program.ts'

export type ThrowawayServer = {
  /** Of its socket, in which nobody else looks. */
  socket: string
  /** A query as superuser, its rows as JSON. */
  query: <Row>(database: string, sql: string) => Promise<Row[]>
  stop: () => Promise<void>
}

/** It neither listens on a network nor archives nor asks anyone for leave: it must never be taken for the live one. */
const settings = `
listen_addresses = ''
archive_mode = off
synchronous_standby_names = ''
shared_buffers = 32MB
max_wal_senders = 0
log_destination = stderr
logging_collector = off
`

/** Starts a server on restored data and waits until it has replayed all that its recovery asks for; throws with its last words. */
export async function startThrowawayServer(data: string, limitMs: number): Promise<ThrowawayServer> {
  const socket = join(data, '..', 'socket')
  mkdirSync(socket, { recursive: true, mode: 0o700 })
  appendFileSync(join(data, 'postgresql.auto.conf'), settings)
  appendFileSync(join(data, 'postgresql.auto.conf'), `unix_socket_directories = '${socket}'\n`)
  const server = spawn('postgres', ['-D', data], { stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      log = (log + chunk).slice(-4_000)
    })

  const query = async <Row>(database: string, sql: string): Promise<Row[]> => {
    const words = ['--no-psqlrc', '--tuples-only', '--no-align', '--host', socket, '--username', 'postgres', '--dbname', database]
    const asJson = `select coalesce(json_agg(answer), '[]') from (${sql}) as answer`
    return JSON.parse(await runProgram('psql', [...words, '--command', asJson], { environment: {} }))
  }

  await awaitPromotion(server, query, limitMs).catch(async (error: unknown) => {
    await end(server)
    throw new Error(`The restored server did not come up: ${(error as Error).message} ${log.slice(-600)}`)
  })
  return { socket, query, stop: () => end(server) }
}

async function awaitPromotion(
  server: ChildProcess,
  query: ThrowawayServer['query'],
  limitMs: number,
): Promise<void> {
  for (const startedAt = performance.now(); performance.now() - startedAt < limitMs; ) {
    if (server.exitCode !== null) throw new Error(`It ended with ${server.exitCode}.`)
    const rows = await query<{ recovering: boolean }>('postgres', 'select pg_is_in_recovery() as recovering').catch(() => [])
    if (rows[0]?.recovering === false) return
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
