import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config, Secrets } from '../config.ts'
import { type Ended, endProgram, type ProgramParts, runProgram } from '../programs/run-program.ts'

export type PgBackRest = {
  /** Throws ProgramFailed. */
  run: (command: string, options?: string[], parts?: Pick<ProgramParts, 'onLine' | 'signal'>) => Promise<string>
  /** For commands whose code does not tell, such as verify. */
  end: (command: string, options?: string[]) => Promise<Ended>
}

export const stanza = 'finity'

export function createPgBackRest({ folders }: Config, secrets: Secrets): PgBackRest {
  const common = ['--config=/etc/finity/pgbackrest.conf', `--stanza=${stanza}`]
  const environment = () => ({
    // Not every command takes it as an option.
    PGBACKREST_PG1_PATH: folders.data,
    PGBACKREST_REPO1_CIPHER_PASS: secrets.key,
    PGPASSFILE: writePassword(secrets.databasePassword()),
  })
  return {
    run: (command, options = [], parts = {}) =>
      runProgram('pgbackrest', [command, ...common, ...options], { ...parts, environment: environment() }),
    end: (command, options = []) =>
      endProgram('pgbackrest', [command, ...common, ...options], { environment: environment() }),
  }
}

const passwordFile = join('/tmp', 'pgpass')

/** The password may have been replaced since the last time. libpq wants a file that nobody else can read. */
export function writePassword(password: string): string {
  const escaped = password.replaceAll(/[\\:]/g, (character) => `\\${character}`)
  writeFileSync(passwordFile, `*:*:*:finity_replication:${escaped}\n`, { mode: 0o600 })
  return passwordFile
}
