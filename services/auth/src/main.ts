import { createLogger } from '@finity/kit/process/create-logger.ts'
import { repeat } from '@finity/kit/process/repeat.ts'
import { runUntilSignal } from '@finity/kit/process/run-until-signal.ts'
import { startOrExplain } from '@finity/kit/process/start-or-explain.ts'
import { createApp } from './app.ts'
import { processEnvironment, readConfig } from './config.ts'
import { createContext } from './context.ts'
import { pruneExpired } from './prune-expired.ts'

const pruneEveryMs = 3_600_000

await startOrExplain(async () => {
  const { config, secrets } = readConfig(processEnvironment)
  // A deploy asks whether the settings are good before it changes anything.
  if (process.argv.includes('--check')) return
  const logger = createLogger('auth', config.logLevel)
  const context = createContext({ config, secrets, logger })
  const { lifecycle, metrics } = context
  const pruning = repeat(() => pruneExpired(context), pruneEveryMs, logger)
  const close = async () => {
    await pruning.stop()
    await context.close()
  }
  await runUntilSignal({ ...config, app: createApp(context), lifecycle, metrics, logger, close })
})
