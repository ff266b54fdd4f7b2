import { writeFileSync } from 'node:fs'
import type { Config, Secrets } from '../config.ts'
import { endProgram } from '../programs/run-program.ts'
import { type Ask, createAsk, createCommand } from './ask-server.ts'

export type LiveServer = {
  ask: Ask
  command: ReturnType<typeof createCommand>
  /** False also when it is not there. */
  answers: () => Promise<boolean>
  /** Also when it lets nobody in, or not yet. */
  runs: () => Promise<boolean>
  /** What programs of PostgreSQL need to be let in. */
  environment: () => Record<string, string>
}

export const backupRole = 'finity_replication'

/** The database of the stack, over its socket, as the role of the backups. */
export function createLiveServer({ folders }: Pick<Config, 'folders'>, secrets: Secrets): LiveServer {
  const environment = () => ({ PGPASSFILE: writePassword(secrets.databasePassword()) })
  const access = { socket: folders.socket, user: backupRole, environment }
  const ask = createAsk(access)
  return {
    ask,
    command: createCommand(access),
    answers: () =>
      ask('postgres', 'select 1').then(
        () => true,
        () => false,
      ),
    async runs() {
      const { code } = await endProgram('pg_isready', ['--quiet', `--host=${folders.socket}`])
      return code === 0 || code === 1
    },
    environment,
  }
}

const passwordFile = '/tmp/pgpass'

/** The password may have been replaced since the last time. libpq wants a file that nobody else can read. */
function writePassword(password: string): string {
  const escaped = password.replaceAll(/[\\:]/g, (character) => `\\${character}`)
  writeFileSync(passwordFile, `*:*:*:${backupRole}:${escaped}\n`, { mode: 0o600 })
  return passwordFile
}
