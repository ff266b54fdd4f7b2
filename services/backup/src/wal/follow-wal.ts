import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '@finity/kit/process/create-logger.ts'
import type { Config, Secrets } from '../config.ts'
import { writePassword } from '../database/pgbackrest.ts'

export const receiverName = 'finity_wal_tail'

export type WalFollower = { stop: () => Promise<void> }

const retryMs = 1_000

/**
 * Keeps pg_receivewal at work: it writes each byte of WAL to the tail's volume as the server makes it, and tells the server when it
 * is on disk, for which a strict commit waits.
 */
export function followWal({ folders }: Config, secrets: Secrets, logger: Logger): WalFollower {
  const leaving = new AbortController()
  let receiver: ChildProcess | undefined
  const work = keepReceiving()

  async function keepReceiving(): Promise<void> {
    for (let failures = 0; !leaving.signal.aborted; failures += 1) {
      const startedAt = performance.now()
      const complaint = await receiveOnce()
      if (leaving.signal.aborted) return
      if (performance.now() - startedAt > 60_000) failures = 0
      if (failures === 0) logger.warn({ complaint }, 'the receiver of WAL ended, and starts again')
      await pause(retryMs, undefined, { signal: leaving.signal }).catch(() => {})
    }
  }

  async function receiveOnce(): Promise<string> {
    const words = [
      `--directory=${folders.tail}`,
      `--slot=${receiverName}`,
      '--if-not-exists',
      '--synchronous',
      '--no-loop',
      `--dbname=host=${folders.socket} user=finity_replication application_name=${receiverName}`,
    ]
    const environment = { PGPASSFILE: writePassword(secrets.databasePassword()), PATH: process.env.PATH ?? '' }
    const run = async (options: string[]): Promise<string> => {
      const child = spawn('pg_receivewal', options, { env: environment, stdio: ['ignore', 'ignore', 'pipe'] })
      receiver = child
      let complaint = ''
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
        complaint = (complaint + chunk).slice(-1_000)
      })
      await once(child, 'close')
      return complaint.trim()
    }
    await run([...words.filter((word) => word !== '--synchronous'), '--create-slot'])
    return await run(words.filter((word) => word !== '--if-not-exists'))
  }

  return {
    async stop() {
      leaving.abort()
      receiver?.kill('SIGINT')
      await work
    },
  }
}
