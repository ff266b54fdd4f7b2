import { createLogger } from '@finity/kit/process/create-logger.ts'
import { runUntilSignal } from '@finity/kit/process/run-until-signal.ts'
import { startOrExplain } from '@finity/kit/process/start-or-explain.ts'
import { createApp } from './app.ts'
import { processEnvironment, readConfig } from './config.ts'
import { createContext } from './context.ts'
import { shareFolder } from './media/share-folder.ts'
import { rehearseDocuments } from './rehearse-documents.ts'
import { startWork } from './work.ts'

await startOrExplain(async () => {
  const { config, secrets } = readConfig(processEnvironment)
  // A deploy asks whether the settings are good before it changes anything.
  if (process.argv.includes('--check')) return
  const logger = createLogger('api', config.logLevel)
  await shareFolder(config.mediaDir)
  const context = createContext({ config, secrets, logger })
  // While the code changes with each save, nobody waits for it.
  if (config.isProduction) await rehearseDocuments(context, createApp)
  const work = startWork(context)
  const close = async () => {
    await work.stop()
    await context.close()
  }
  const { lifecycle, metrics } = context
  await runUntilSignal({ ...config, app: createApp(context), lifecycle, metrics, logger, close })
})
