import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { PgBackRest } from '../database/pgbackrest.ts'
import { endProgram } from '../programs/run-program.ts'
import { restoreDatabase } from '../restore/restore-database.ts'
import type { DrillCheck } from '../status/status-store.ts'
import { compareLedgers, type Ledger, readLedger } from './compare-data.ts'
import { startThrowawayServer, type ThrowawayServer } from './throwaway-server.ts'

export type DrillReport = { seconds: number; bytes: number; checks: DrillCheck[] }

const replayLimitMs = 600_000

/**
 * Restores the newest backup with all of its log into a server of its own, and looks whether it is whole. What cannot be done is
 * a check that failed, and no exception: a drill always reports.
 */
export async function drillRestore(
  pgBackRest: PgBackRest,
  config: Config,
  before: Ledger | null,
): Promise<DrillReport> {
  const startedAt = performance.now()
  const folder = mkdtempSync(join(config.folders.scratch, 'drill-'))
  const data = join(folder, 'data')
  const checks: DrillCheck[] = []
  let server: ThrowawayServer | undefined
  let bytes = 0
  try {
    const restored = await noting(checks, 'restore', async () => {
      await restoreDatabase(pgBackRest, data, { kind: 'latest' })
      return 'from the newest backup'
    })
    const isUp =
      restored &&
      (await noting(checks, 'replay', async () => {
        server = await startThrowawayServer(data, replayLimitMs)
        return 'to the end of the log'
      }))
    if (isUp && server) {
      const up: ThrowawayServer = server
      bytes = await measure(up)
      await noting(checks, 'indexes and tables', () => checkPages('pg_amcheck', amcheckWords(up)))
      await noting(checks, 'contents', async () => {
        const ledger = await readLedger(up.query)
        if (before) checks.push(...compareLedgers(before, ledger))
        return 'read'
      })
      await up.stop()
      server = undefined
      await noting(checks, 'checksums', () => checkPages('pg_checksums', ['--check', '--pgdata', data]))
    }
  } finally {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { seconds: (performance.now() - startedAt) / 1_000, bytes, checks }
}

async function noting(checks: DrillCheck[], name: string, work: () => Promise<string>): Promise<boolean> {
  try {
    checks.push({ name, ok: true, detail: await work() })
    return true
  } catch (error) {
    checks.push({ name, ok: false, detail: (error as Error).message.slice(0, 500) })
    return false
  }
}

async function measure({ query }: ThrowawayServer): Promise<number> {
  const rows = await query<{ bytes: number }>('postgres', 'select sum(pg_database_size(oid)) as bytes from pg_database')
  return Number(rows[0]?.bytes ?? 0)
}

const amcheckWords = ({ socket }: ThrowawayServer) => [
  '--all',
  '--install-missing',
  '--heapallindexed',
  `--host=${socket}`,
  '--username=postgres',
]

async function checkPages(program: string, words: string[]): Promise<string> {
  const { code, output, complaint } = await endProgram(program, words, { environment: {} })
  if (code !== 0) throw new Error(`${output}\n${complaint}`.trim().split('\n').slice(0, 3).join(' '))
  return 'whole'
}
