import { StartupFault } from '@finity/kit/env/startup-fault.ts'
import { createLogger } from '@finity/kit/process/create-logger.ts'
import { runJob } from '@finity/kit/process/start-or-explain.ts'
import { makeSuperuser } from './accounts/make-superuser.ts'
import { processEnvironment, readConfig } from './config.ts'
import { type Context, createContext } from './context.ts'

/** Commands for operators, run in the service's own container: npm run auth -- COMMAND. */
const commands: Record<string, (context: Context, ...words: string[]) => Promise<string>> = {
  'make-superuser': makeSuperuser,
  'rotate-signing-key': rotateSigningKey,
  'reseal-signing-keys': resealSigningKeys,
}

const usage = [
  'Usage:',
  '  make-superuser ADDRESS   makes or promotes an account and prints a link that sets its password',
  '  rotate-signing-key       adds a key that takes over once everybody who checks tokens knows it',
  '  reseal-signing-keys      seals the keys with the newest SECRET; a part of sh scripts/rotate.sh token-secrets',
].join('\n')

async function rotateSigningKey({ signingKeys }: Context): Promise<string> {
  const takesOver = await signingKeys.rotate()
  return `The next signing key is published and signs from ${takesOver.toISOString()}. Nobody is signed out.`
}

async function resealSigningKeys({ signingKeys }: Context): Promise<string> {
  await signingKeys.reseal()
  return 'The signing keys are sealed with the newest SECRET.'
}

await runJob(async () => {
  const [name = '', ...words] = process.argv.slice(2)
  const command = commands[name]
  if (!command) throw new StartupFault(usage)
  const { config, secrets } = readConfig(processEnvironment)
  // Mails are the service's work: a command only writes them down.
  const quiet = { ...config, mail: { ...config.mail, host: null } }
  const context = createContext({ config: quiet, secrets, logger: createLogger('auth', 'error') })
  process.stdout.write(`${await command(context, ...words)}\n`)
  await context.close()
})
