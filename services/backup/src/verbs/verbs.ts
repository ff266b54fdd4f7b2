import { parseArgs } from 'node:util'
import { StartupFault } from '@finity/kit/env/startup-fault.ts'
import type { Context } from '../context.ts'
import { readRepository } from '../database/list-backups.ts'
import { removeBackup } from '../database/remove-backup.ts'
import { readPosition } from '../database/timelines.ts'
import { verifyRepository } from '../database/verify-repository.ts'
import { makeBackup } from '../make-backup.ts'
import { mediaWork } from '../media/copy-media.ts'
import { workOffsite } from '../offsite/work-offsite.ts'
import { lockLimitSeconds, workAlone } from '../programs/work-alone.ts'
import { stageReturn } from '../restore/stage-restore.ts'
import { runDrill } from '../run-drill.ts'
import { msApart } from '../schedule/watch-clock.ts'
import { exportData } from './export.ts'
import { copy, fetchCopy } from './offsite.ts'
import { clearProgress, inMegabytes, inUtc, printChecks, printTable, say, showProgress } from './print.ts'
import { restore } from './restore.ts'

/** What somebody types after `backup`. Exit code 1 where something is wrong. */
export type Verb = (context: Context, words: string[]) => Promise<void>

/** The settings were read before. */
const check: Verb = async () => {}

const verbs: Record<string, Verb> = {
  now,
  list,
  verify,
  drill,
  point,
  remove,
  fresh,
  restore,
  return: comeBack,
  copy,
  fetch: fetchCopy,
  export: exportData,
  check,
}

export function findVerb(word: string): Verb {
  const verb = verbs[word]
  if (!verb)
    throw new StartupFault(`There is no "backup ${word}". Use one of: ${Object.keys(verbs).join(', ')}.`)
  return verb
}

const json = { json: { type: 'boolean', default: false } } as const

async function now(context: Context, words: string[]): Promise<void> {
  const { values } = parseArgs({
    args: words,
    options: { ...json, full: { type: 'boolean', default: false } },
  })
  const { backups } = await readRepository(context.pgBackRest)
  await makeBackup(context, values.full || backups.length === 0 ? 'full' : 'diff', showProgress)
  clearProgress()
  const { backup, media } = context.status.read()
  if (values.json) say(`${JSON.stringify({ backup, media })}\n`)
  else await list(context, [])
  if (media?.error) throw new StartupFault(`The media are not copied: ${media.error}`)
}

/** Of the media, as a table: there may be a thousand. */
const listedCopies = 20

async function list({ pgBackRest, mediaRepository }: Context, words: string[]): Promise<void> {
  const { values } = parseArgs({ args: words, options: json })
  const { backups } = await readRepository(pgBackRest)
  const media = await mediaRepository.list()
  if (values.json) return say(`${JSON.stringify({ backups, media })}\n`)
  printTable(
    ['backup', 'kind', 'ended (UTC)', 'took', 'database', 'added'],
    backups.map(({ label, kind, startedAt, endedAt, databaseBytes, repositoryBytes }) => [
      label,
      kind,
      inUtc(endedAt),
      `${Math.round((endedAt.getTime() - startedAt.getTime()) / 1_000)} s`,
      inMegabytes(databaseBytes),
      inMegabytes(repositoryBytes),
    ]),
  )
  printTable(
    ['media', 'files', 'taken (UTC)', 'size'],
    media
      .slice(-listedCopies)
      .map(({ id, files, takenAt, bytes }) => [id, String(files), inUtc(takenAt), inMegabytes(bytes)]),
  )
}

async function verify(context: Context, words: string[]): Promise<void> {
  const { config, mediaRepository, offsite } = context
  const { values } = parseArgs({
    args: words,
    options: { ...json, share: { type: 'string', default: '100%' } },
  })
  showProgress('Database and log')
  const damages = [...(await verifyRepository(context))]
  showProgress('Media')
  const noted = async (reading: Promise<void>, place = '') => {
    await reading.catch((error: Error) => damages.push(`${place}${error.message}`))
  }
  // A copy takes away the lock of restic's that it finds: nobody's, but for this.
  const { repository } = config.folders
  await workAlone(repository, mediaWork, () => noted(mediaRepository.verify(values.share)), lockLimitSeconds)
  if (offsite) showProgress('S3')
  if (offsite) await noted(workOffsite(context, offsite, offsite.verify), 'S3: ')
  clearProgress()
  if (values.json) say(`${JSON.stringify({ damages })}\n`)
  else
    say(
      damages.length === 0
        ? '  ✓ Both repositories are whole\n'
        : damages.map((line) => `  ✗ ${line}\n`).join(''),
    )
  if (damages.length > 0) process.exitCode = 1
}

async function drill(context: Context, words: string[]): Promise<void> {
  const { values } = parseArgs({ args: words, options: json })
  const isProven = await runDrill(context, showProgress)
  clearProgress()
  const { drill: report } = context.status.read()
  if (values.json) say(`${JSON.stringify(report)}\n`)
  else printChecks(report?.checks ?? [])
  if (!isProven) process.exitCode = 1
}

/** A name for this moment, to restore to. */
async function point({ live, status, clock }: Context, words: string[]): Promise<void> {
  const { positionals } = parseArgs({ args: words, allowPositionals: true })
  const [name = ''] = positionals
  if (!/^\w[\w.-]{0,62}$/.test(name)) throw new StartupFault('Name the restore point: backup point before-v2')
  if (status.read().points[name] !== undefined)
    throw new StartupFault(
      `There is a restore point ${name}, and a restore would end at that one: take another name.`,
    )
  const [row] = await live.ask<{ position: string }>(
    'postgres',
    `select pg_create_restore_point('${name}') as position`,
  )
  const { points, pointTimes } = status.read()
  status.change({
    points: { ...points, [name]: readPosition(row?.position ?? '') },
    pointTimes: { ...pointTimes, [name]: clock().toISOString() },
  })
  say(`  ✓ ${name}\n`)
}

/** A backup that stands in the way, with those that depend on it. pgBackRest keeps the last full one. */
async function remove(context: Context, words: string[]): Promise<void> {
  const { positionals } = parseArgs({ args: words, allowPositionals: true })
  const [label = ''] = positionals
  const { backups } = await readRepository(context.pgBackRest)
  if (!backups.some((backup) => backup.label === label))
    throw new StartupFault(`There is no backup "${label}": "backup list" has them.`)
  await removeBackup(context, label)
  say(`  ✓ ${label} is removed\n`)
}

/** Whether a backup was made and proven lately: what a deploy asks before it changes the database. */
async function fresh({ config, status, clock }: Context): Promise<void> {
  const { backup, drill } = status.read()
  const hours = (at: string) => msApart(clock(), at) / 3_600_000
  if (!backup || backup.error !== null || hours(backup.at) > config.limits.backupHours)
    throw new StartupFault(`The last good backup is none, or older than ${config.limits.backupHours} hours.`)
  if (!drill || drill.error !== null || hours(drill.at) > config.limits.drillHours)
    throw new StartupFault(drill?.error ?? `No backup has been proven for ${config.limits.drillHours} hours.`)
  say(`  ✓ Proven at ${inUtc(new Date(drill.at))} UTC\n`)
}

/** Half of the way back from a restore: scripts/backup.sh has put the data of before into its place. */
async function comeBack(context: Context): Promise<void> {
  await workAlone(context.config.folders.repository, 'restore', () => stageReturn(context))
}
