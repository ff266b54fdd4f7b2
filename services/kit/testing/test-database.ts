import { randomUUID } from 'node:crypto'
import type { DatabaseUrl } from '../src/database/connect-database.ts'
import { administer, databaseUrlOf } from '../src/database/throwaway-database.ts'
import { adminUrl } from './admin-url.ts'
import { startProcess } from './start-process.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    templateDatabase: string
    /** How long attacks go on; scripts/test.sh attacks sets more. */
    attackRounds: number
  }
}

export type TestDatabase = { url: DatabaseUrl; name: string; drop: () => Promise<void> }

/** An empty database, or a copy of `template`. */
export async function aDatabase(template?: string): Promise<TestDatabase> {
  const name = `finity_test_${randomUUID().replaceAll('-', '')}`
  await administer(adminUrl(), `create database ${name}${template ? ` template ${template}` : ''}`)
  const drop = () => administer(adminUrl(), `drop database if exists ${name} with (force)`)
  return { url: databaseUrlOf(adminUrl(), name), name, drop }
}

/** A database with a service's migrations applied by its own migration job, to be copied by each test file. */
export async function aMigratedTemplate(migrationJob: string): Promise<TestDatabase> {
  const template = await aDatabase()
  const job = startProcess(migrationJob, { DATABASE_URL: template.url })
  if ((await job.exitCode) !== 0) throw new Error(job.output())
  return template
}

/** Takes a database away as a stopped server would: connections are cut and new ones are refused. */
export async function takeAway({ name }: TestDatabase): Promise<void> {
  await administer(adminUrl(), `alter database ${name} allow_connections false`)
  await administer(
    adminUrl(),
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
  )
}

export async function bringBack({ name }: TestDatabase): Promise<void> {
  await administer(adminUrl(), `alter database ${name} allow_connections true`)
}
