import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { StartupFault } from '@finity/kit/env/startup-fault.ts'
import type { Context } from '../context.ts'
import type { Backup } from '../database/list-backups.ts'
import { readMajor } from '../database/read-major.ts'
import { workAlone } from '../programs/work-alone.ts'
import { planRestore } from '../restore/choose-backup.ts'
import { type RecoveryTarget, readTarget, TargetInvalid } from '../restore/recovery-target.ts'
import { missingRoom, removeLeftovers, restoreAside, stageRestore } from '../restore/stage-restore.ts'
import { clearProgress, inMegabytes, inUtc, say, showProgress } from './print.ts'

const options = {
  time: { type: 'string' },
  transaction: { type: 'string' },
  name: { type: 'string' },
  set: { type: 'string' },
  timeline: { type: 'string' },
  into: { type: 'string' },
  live: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  'other-schema': { type: 'boolean', default: false },
  'despite-gap': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

/**
 * Restores beside the live data. The database takes it over at its next start, which `npm run backup -- restore` brings about; with
 * --into it is left in a folder, for looking at.
 */
export async function restore(context: Context, words: string[]): Promise<void> {
  const {
    into,
    live,
    yes,
    json,
    'other-schema': anySchema,
    'despite-gap': despiteGap,
    ...point
  } = readWords(words)
  const { config } = context
  const { from, target } = await understand(() => planRestore(context, readTarget(point)))
  refuseOtherMajor(from, readMajor(config.folders.data))
  const isLive = await context.live.runs()
  if (into === undefined && isLive && !live)
    throw new StartupFault(
      'The database runs. To put a restored one in its place, say so: --live. To look at one: --into NAME.',
    )
  if (!json) describe(target, from, into, isLive)
  if (!yes && !(await isConfirmed())) throw new StartupFault('Nothing is changed.')
  await workAlone(config.folders.repository, 'restore', () =>
    work(context, target, { from, into, json, anySchema, despiteGap }),
  )
}

function readWords(words: string[]) {
  try {
    return parseArgs({ args: words, options }).values
  } catch (error) {
    throw new StartupFault((error as Error).message)
  }
}

/** Nothing here reads the files of another one. */
function refuseOtherMajor({ label, version }: Backup, major: string): void {
  if (version !== major)
    throw new StartupFault(
      `The backup ${label} is of PostgreSQL ${version}, and this release has ${major}. Restore it with a release that has ${version} (TAG in .env), then npm run upgrade.`,
    )
}

async function understand<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof TargetInvalid) throw new StartupFault(error.message)
    throw error
  }
}

async function work(
  context: Context,
  target: RecoveryTarget,
  {
    from,
    into,
    json,
    anySchema,
    despiteGap,
  }: { from: Backup; into: string | undefined; json: boolean; anySchema: boolean; despiteGap: boolean },
): Promise<void> {
  removeLeftovers(context, { isReplaced: into === undefined })
  const missing = missingRoom(context, from)
  if (missing) throw new StartupFault(`${missing} Free some space, then run this again. Nothing is changed.`)
  const startedAt = performance.now()
  const seconds = () => Math.round((performance.now() - startedAt) / 100) / 10
  const step = (name: string) => {
    clearProgress()
    if (!json) say(`  … ${name} (at ${seconds()} s)\n`)
  }
  const onLine = json ? undefined : showProgress
  const staging =
    into === undefined
      ? stageRestore(context, target, { from, anySchema, despiteGap, step, onLine })
      : restoreAside(context, readFolderName(into), target, step)
  const result = await staging.catch((error) => {
    // It would keep the room that the next one wants, and the live database.
    removeLeftovers(context, { isReplaced: into === undefined })
    throw error
  })
  clearProgress()
  if (json) return say(`${JSON.stringify({ ...result, seconds: seconds() })}\n`)
  say(
    `  ✓ Restored in ${seconds()} s. The last change in it is of ${result.lastCommit ?? 'the backup itself'}.\n`,
  )
  say(
    into === undefined
      ? '  The database takes it over at its next start, and keeps what is there now.\n'
      : `  It is in the volume postgres_data, in restore/${into}.\n`,
  )
}

function readFolderName(name: string): string {
  const isTaken = ['data', 'ready', 'returning'].includes(name) || /^drill-|[.]unfinished$/.test(name)
  if (/^[a-z0-9][\w.-]{0,60}$/i.test(name) && !isTaken) return name
  throw new StartupFault(`"${name}" cannot be the name of a folder: letters, digits, dots and dashes.`)
}

/** What it will do, and what will be lost. */
function describe(target: RecoveryTarget, from: Backup, into: string | undefined, isLive: boolean): void {
  const place = isLive ? 'running' : 'stopped'
  say(`  From   ${from.label} (${inUtc(from.endedAt)} UTC, ${inMegabytes(from.databaseBytes)})\n`)
  say(`  Up to  ${describeEnd(target)}\n`)
  say(
    into === undefined
      ? `  Into   the place of the ${place} database, whose data is kept beside it\n`
      : `  Into   the folder restore/${into}, beside the data\n`,
  )
}

function describeEnd(target: RecoveryTarget): string {
  const after = 'what was written after it will not be there'
  switch (target.kind) {
    case 'latest':
      return 'everything that reached the log'
    case 'time':
      return `${inUtc(target.at)} UTC${ofThen(target)}: ${after}`
    case 'transaction':
      return `before the transaction ${target.id}: it, and what came after it, will not be there`
    case 'name':
      return `the restore point ${target.name}${ofThen(target)}: ${after}`
    case 'set':
      return `the end of the backup: ${after}`
  }
}

const ofThen = ({ timeline }: RecoveryTarget) => (timeline ? ', in the data that was in use then' : '')

async function isConfirmed(): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new StartupFault('Nobody can be asked here: add --yes, if this is what you want.')
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await lines.question('  Type "restore" to go on: ')
  lines.close()
  return answer.trim() === 'restore'
}
