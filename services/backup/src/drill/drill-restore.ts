import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { readRepository } from '../database/list-backups.ts'
import { endProgram } from '../programs/run-program.ts'
import { planRestore } from '../restore/choose-backup.ts'
import { replay, restoreDatabase } from '../restore/restore-database.ts'
import type { ThrowawayServer } from '../server/throwaway-server.ts'
import type { DrillCheck } from '../status/status-store.ts'
import { compareContents, countRows, estimateRows, readContents } from './compare-data.ts'
import { compareMedia } from './compare-media.ts'
import { isInLedger, writeLedger } from './keep-ledger.ts'

export type DrillReport = { label: string | null; seconds: number; bytes: number; checks: DrillCheck[] }

/**
 * Restores the newest backup with all of its log into a server of its own, and looks whether it is whole. What cannot be done is
 * a check that failed, and no exception: a drill always reports.
 */
export async function drillRestore(context: Context, onStep?: (name: string) => void): Promise<DrillReport> {
  const startedAt = performance.now()
  const { folders } = context.config
  const report: DrillReport = { label: null, seconds: 0, bytes: 0, checks: [] }
  const folder = mkdtempSync(join(folders.restore, 'drill-'))
  const data = join(folder, 'data')
  const check = checkInto(report.checks, onStep)
  let server: ThrowawayServer | undefined
  try {
    await check('room', () => requireRoom(context))
    const line = await check('ledger of the live server', () => writeLedger(context.live))
    const before = await check('contents of the live server', () =>
      readContents(context.live.ask, estimateRows),
    )
    report.label = await check('restore', () => restoreNewest(context, data))
    server = await check('replay', () => replay(context, data))
    const { ask, socket } = server
    report.bytes = await measure(ask)
    await check('everything written until the drill is there', async () => {
      if (!(await isInLedger(ask, line))) throw new Error('the last line of the ledger is not in it')
    })
    const restored = await check('contents', () => readContents(ask, countRows))
    const after = await check('contents of the live server after it', () =>
      readContents(context.live.ask, estimateRows),
    )
    report.checks.push(...compareContents(before, restored, after))
    await check('tables and indexes', () => checkPages('pg_amcheck', amcheckWords(socket)))
    await check('media', () => compareMedia(ask, context.mediaRepository))
    await server.stop()
    await check('checksums of pages', () => checkPages('pg_checksums', ['--check', '--pgdata', data]))
  } catch (error) {
    // The check that failed is in the report, and those after it had nothing to look at.
    if (!(error instanceof CheckFailed)) throw error
  } finally {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  report.seconds = (performance.now() - startedAt) / 1_000
  return report
}

class CheckFailed extends Error {}

type Check = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** Notes how the work went; a word that it returns is the detail. Throws CheckFailed. */
function checkInto(checks: DrillCheck[], onStep?: (name: string) => void): Check {
  return async (name, work) => {
    onStep?.(name)
    try {
      const result = await work()
      checks.push({
        name,
        ok: true,
        detail: name in tellsMore && typeof result === 'string' ? result : 'well',
      })
      return result
    } catch (error) {
      checks.push({ name, ok: false, detail: (error as Error).message.slice(0, 700) })
      throw new CheckFailed()
    }
  }
}

const tellsMore = { room: true, media: true }

async function restoreNewest(context: Context, data: string): Promise<string> {
  const { from, target } = await planRestore(context, { kind: 'latest' })
  await restoreDatabase(context, data, target)
  return from.label
}

/** A drill must not fill the disk that the live data is on. */
async function requireRoom({ pgBackRest, config }: Context): Promise<string> {
  const newest = (await readRepository(pgBackRest)).backups.at(-1)
  if (!newest) throw new Error('there is no backup to restore')
  const { bavail, bsize } = statfsSync(config.folders.restore)
  const [free, wanted] = [bavail * bsize, newest.databaseBytes * 1.2 + 256 * 1024 * 1024]
  if (free < wanted) throw new Error(`${megabytes(wanted)} MB are wanted and ${megabytes(free)} MB are free`)
  return `${megabytes(free)} MB free`
}

const megabytes = (bytes: number) => Math.round(bytes / 1_000_000)

async function measure(ask: ThrowawayServer['ask']): Promise<number> {
  const [row] = await ask<{ bytes: number }>(
    'postgres',
    'select sum(pg_database_size(oid))::bigint as bytes from pg_database',
  )
  return row?.bytes ?? 0
}

const amcheckWords = (socket: string) => [
  '--all',
  '--install-missing',
  '--heapallindexed',
  `--host=${socket}`,
  '--username=postgres',
]

async function checkPages(program: string, words: string[]): Promise<void> {
  const { code, output, complaint } = await endProgram(program, words)
  if (code !== 0) throw new Error(`${output}\n${complaint}`.trim().split('\n').slice(0, 3).join(' '))
}
