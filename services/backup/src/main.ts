import { StartupFault } from '@finity/kit/env/startup-fault.ts'
import { createLogger } from '@finity/kit/process/create-logger.ts'
import { repeat } from '@finity/kit/process/repeat.ts'
import { runUntilSignal } from '@finity/kit/process/run-until-signal.ts'
import { runJob, startOrExplain } from '@finity/kit/process/start-or-explain.ts'
import { watchAlerts } from './alerts/watch-alerts.ts'
import { createApp } from './app.ts'
import { processEnvironment, readConfig } from './config.ts'
import { createContext } from './context.ts'
import { keepDurability } from './durability/keep-durability.ts'
import { keepSchedule } from './keep-schedule.ts'
import { keepMediaCopied } from './media/keep-copied.ts'
import { copyOffsite } from './offsite/copy-offsite.ts'
import { noteMigrations } from './restore/refuse-other-schema.ts'
import { noteClockJump } from './schedule/watch-clock.ts'
import { findVerb } from './verbs/verbs.ts'
import { followWal } from './wal/follow-wal.ts'
import { pruneTail } from './wal/prune-tail.ts'

const [word = 'serve', ...words] = process.argv.slice(2)

if (word === 'serve') await startOrExplain(serve)
else await runJob(() => doOnce(word, words))

/** What somebody has typed: its output is theirs, and what it logs goes beside it. */
async function doOnce(word: string, words: string[]): Promise<void> {
  const verb = findVerb(word)
  const { config, secrets } = readConfig(processEnvironment)
  const context = createContext({ config, secrets, logger: createLogger('backup', 'warn', process.stderr) })
  const { status, clockJump } = context
  // It lives too short to see one itself, mostly.
  const anyJump = () => status.read().clockJump || clockJump()
  await verb({ ...context, clockJump: anyJump }, words).catch((error: Error) => {
    throw new StartupFault(error.message)
  })
}

/** The sidecar: follows the log, keeps the schedule, tells how it goes. */
async function serve(): Promise<void> {
  const { config, secrets } = readConfig(processEnvironment)
  const logger = createLogger('backup', config.logLevel)
  const context = createContext({ config, secrets, logger })
  const { lifecycle, metrics, offsite, status, clockJump } = context
  const follower = followWal(context)
  const alerts = watchAlerts(context, follower)
  const works = [
    follower,
    repeat(() => keepDurability(context), config.mode === 'strict' ? 2_000 : 60_000, logger),
    repeat(() => pruneTail(context), 60_000, logger),
    repeat(() => noteMigrations(context), 60_000, logger),
    repeat(async () => noteClockJump(status, clockJump()), 5_000, logger),
    keepSchedule(context),
    keepMediaCopied(context),
    ...(config.offsite && offsite
      ? [repeat(() => copyOffsite({ ...context, offsite }), config.offsite.everySeconds * 1_000, logger)]
      : []),
    alerts,
  ]
  const close = async () => {
    await Promise.all(works.map(({ stop }) => stop()))
  }
  await runUntilSignal({ ...config, app: createApp(context, alerts), lifecycle, metrics, logger, close })
}
