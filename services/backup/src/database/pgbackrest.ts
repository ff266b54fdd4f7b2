import type { Config, Secrets } from '../config.ts'
import { type Ended, endProgram, type ProgramParts, runProgram } from '../programs/run-program.ts'
import type { LiveServer } from '../server/live-server.ts'

export type PgBackRest = {
  /** Throws ProgramFailed. */
  run: (command: string, options?: string[], parts?: Pick<ProgramParts, 'onLine'>) => Promise<string>
  /** For commands whose code does not tell, such as verify. */
  end: (command: string, options?: string[]) => Promise<Ended>
}

export const stanza = 'finity'

export function createPgBackRest(
  { folders }: Pick<Config, 'folders'>,
  secrets: Secrets,
  live: LiveServer,
): PgBackRest {
  const common = ['--config=/etc/finity/pgbackrest.conf', `--stanza=${stanza}`]
  const environment = () => ({
    ...live.environment(),
    // Not every command takes it as an option.
    PGBACKREST_PG1_PATH: folders.data,
    PGBACKREST_REPO1_CIPHER_PASS: secrets.key,
  })
  return {
    run: (command, options = [], parts = {}) =>
      runProgram('pgbackrest', [command, ...common, ...options], { ...parts, environment: environment() }),
    end: (command, options = []) =>
      endProgram('pgbackrest', [command, ...common, ...options], { environment: environment() }),
  }
}
