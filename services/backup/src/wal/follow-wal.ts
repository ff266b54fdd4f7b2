import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { searchPath } from '../programs/run-program.ts'
import { backupRole } from '../server/live-server.ts'
import { prepareTail, putAside } from './prepare-tail.ts'

/** Its name as a standby, and of its slot. */
export const receiverName = 'finity_wal_tail'

export type WalFollower = {
  stop: () => Promise<void>
  /** Since when it gets nothing, and why; null while it does. */
  broken: () => Breakage | null
}

export type Breakage = { since: Date; complaint: string }

type Parts = Pick<Context, 'config' | 'live' | 'logger' | 'clock'>

const retryMs = 1_000
/** A receiver that has lived so long was let in. */
const settledMs = 3_000
/** The server has given up what it kept for the slot: it was away for more than max_slot_wal_keep_size. */
const isTooFarBehind = /has already been removed|invalidated|can no longer/

/**
 * Keeps pg_receivewal at work: it writes each byte of the log to the tail's volume as the server makes it, and tells the server when
 * it is on disk, for which a strict commit waits.
 */
export function followWal(parts: Parts): WalFollower {
  const { config, live, logger, clock } = parts
  const leaving = new AbortController()
  let receiver: ChildProcess | undefined
  let broken: Breakage | null = null
  const work = keepReceiving()

  async function keepReceiving(): Promise<void> {
    for (let last = ''; !leaving.signal.aborted; ) {
      const complaint = await receive().catch((error: Error) => error.message)
      if (leaving.signal.aborted) return
      if (complaint !== last) logger.warn({ complaint }, 'the log is not followed; trying again each second')
      last = complaint
      broken = { since: broken?.since ?? clock(), complaint }
      if (isTooFarBehind.test(complaint)) await forgetSlot(parts).catch(() => {})
      await pause(retryMs, undefined, { signal: leaving.signal }).catch(() => {})
    }
  }

  /** Returns what it said at its end, which comes only when something is wrong. */
  async function receive(): Promise<string> {
    const folder = await prepareTail(parts)
    await run(['--create-slot', '--if-not-exists'])
    const settled = setTimeout(() => {
      broken = null
    }, settledMs)
    return await run([`--directory=${folder}`, '--synchronous', '--status-interval=1', '--no-loop']).finally(
      () => clearTimeout(settled),
    )
  }

  async function run(options: string[]): Promise<string> {
    const dbname = `--dbname=host=${config.folders.socket} user=${backupRole} application_name=${receiverName}`
    const child = spawn('pg_receivewal', [`--slot=${receiverName}`, dbname, ...options], {
      env: { PATH: searchPath, ...live.environment() },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    receiver = child
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      complaint = (complaint + chunk).slice(-1_000)
    })
    if (leaving.signal.aborted) child.kill('SIGINT')
    await once(child, 'close')
    return complaint.trim()
  }

  return {
    broken: () => broken,
    async stop() {
      leaving.abort()
      receiver?.kill('SIGINT')
      await work
    },
  }
}

/** The next one begins where the server is; what is in between is in the archive. */
async function forgetSlot(parts: Parts): Promise<void> {
  const { live, logger } = parts
  await live.ask('postgres', `select pg_drop_replication_slot('${receiverName}')`)
  // The receiver would go on from the newest segment there.
  await putAside(await prepareTail(parts))
  logger.error('the log was followed too late: its tail begins anew, and the archive has what is missing')
}
