import { createLogger } from '@finity/kit/process/create-logger.ts'
import { runUntilSignal } from '@finity/kit/process/run-until-signal.ts'
import { runJob, startOrExplain } from '@finity/kit/process/start-or-explain.ts'
import { createApp } from './app.ts'
import { processEnvironment, readConfig } from './config.ts'
import { createContext } from './context.ts'
import { keepSchedule } from './keep-schedule.ts'
import { findVerb } from './verbs/verbs.ts'
import { followWal } from './wal/follow-wal.ts'

const [word = 'serve', ...words] = process.argv.slice(2)

if (word === 'serve') await startOrExplain(serve)
else await runJob(() => findVerb(word)(createFromEnvironment('warn'), words))

function createFromEnvironment(level?: 'warn') {
  const { config, secrets } = readConfig(processEnvironment)
  const logger = createLogger('backup', level ?? config.logLevel)
  return createContext({ config, secrets, logger })
}

/** The sidecar: follows the log, keeps the schedule, tells how it goes. */
async function serve(): Promise<void> {
  const context = createFromEnvironment()
  const { config, secrets, logger, lifecycle, metrics } = context
  const follower = followWal(config, secrets, logger)
  const schedule = keepSchedule(context)
  const close = async () => {
    await follower.stop()
    await schedule.stop()
  }
  await runUntilSignal({ ...config, app: createApp(context), lifecycle, metrics, logger, close })
}
