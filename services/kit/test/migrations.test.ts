import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { applyMigrations, MigrationFailed, migrationLock } from '../src/database/apply-migrations.ts'
import { createMigration } from '../src/database/create-migration.ts'
import { adminUrl } from '../testing/admin-url.ts'
import { aDatabase } from '../testing/test-database.ts'

const leftovers: (() => unknown)[] = []
afterAll(async () => {
  for (const remove of leftovers) await remove()
})

const schema = `datasource db {
  provider = "postgresql"
}
model Note {
  id   Int    @id
  text String
}
`

/** A prisma folder with a schema and these migrations. */
function aPrismaFolder(migrations: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'finity-migrations-'))
  leftovers.push(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'schema.prisma'), schema)
  for (const [name, sql] of Object.entries(migrations)) {
    mkdirSync(join(folder, 'migrations', name), { recursive: true })
    writeFileSync(join(folder, 'migrations', name, 'migration.sql'), sql)
  }
  const lockfile = new URL('../../auth/prisma/migrations/migration_lock.toml', import.meta.url)
  cpSync(lockfile, join(folder, 'migrations/migration_lock.toml'))
  return folder
}

async function anEmptyDatabase(): Promise<string> {
  const database = await aDatabase()
  leftovers.push(database.drop)
  return database.url
}

async function migrate(
  databaseUrl: string,
  folder: string,
): Promise<{ applied: string[]; printed: string[] }> {
  const printed: string[] = []
  const options = {
    databaseUrl,
    folder: join(folder, 'migrations'),
    print: (line: string) => void printed.push(line),
  }
  return { applied: await applyMigrations(options), printed }
}

async function textsIn(url: string): Promise<string[]> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ text: string }>('select text from "Note" order by id')
  await client.end()
  return rows.map(({ text }) => text)
}

const first = { '1_first': 'create table "Note" (id int primary key, text text not null);' }

test('applies each migration once, in order, and says so', async () => {
  const url = await anEmptyDatabase()
  const folder = aPrismaFolder({ ...first, '2_second': 'insert into "Note" values (1, $$a$$);' })

  const once = await migrate(url, folder)
  const twice = await migrate(url, folder)

  expect(once.applied).toEqual(['1_first', '2_second'])
  expect(once.printed[0]).toContain('1_first')
  expect(twice).toEqual({ applied: [], printed: ['The database is up to date.'] })
})

test('takes a migration whole, semicolons in texts and function bodies included', async () => {
  const url = await anEmptyDatabase()
  const sql = `insert into "Note" values (1, 'one; two');
    create function note_text() returns text language plpgsql as $$ begin return 'a;b'; end $$;
    insert into "Note" values (2, note_text());`
  const folder = aPrismaFolder({ ...first, '2_function': sql })

  await migrate(url, folder)

  expect(await textsIn(url)).toEqual(['one; two', 'a;b'])
})

test('leaves nothing of a migration that fails half-way', async () => {
  const url = await anEmptyDatabase()
  const folder = aPrismaFolder({ ...first, '2_half': `insert into "Note" values (1, 'x'); select 1/0;` })

  await migrate(url, folder).catch(() => {})

  expect(await textsIn(url)).toEqual([])
})

test('stops at a migration that fails, with the reason, and goes on when it is mended', async () => {
  const url = await anEmptyDatabase()

  const failure = await migrate(url, aPrismaFolder({ '1_broken': 'select 1/0;' })).catch(
    (error: unknown) => error,
  )
  const mended = await migrate(url, aPrismaFolder({ '1_broken': 'select 1;' }))

  expect(failure).toBeInstanceOf(MigrationFailed)
  expect(String(failure)).toMatch(/division by zero$/)
  expect(mended.applied).toEqual(['1_broken'])
})

test('lets a release that does not know a failed migration go on', async () => {
  const url = await anEmptyDatabase()
  await migrate(url, aPrismaFolder({ ...first, '2_broken': 'select 1/0;' })).catch(() => {})

  const before = await migrate(url, aPrismaFolder(first))

  expect(before.applied).toEqual([])
})

/** A migration that adds a note, and waits in the midst of it until `goOn`. */
const slow = { ...first, '2_slow': `insert into "Note" values (1, 'slow'); select pg_advisory_xact_lock(7);` }

async function aRunThatWaits(url: string) {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('select pg_advisory_lock(7)')
  const folder = aPrismaFolder(slow)
  const run = migrate(url, folder).catch((error: unknown) => error)
  const waits = 'select 1 from pg_stat_activity where datname = current_database() and wait_event = $1'
  const waiting = (what: string) => client.query(waits, [what])
  await expect.poll(async () => (await waiting('advisory')).rowCount).toBe(1)
  const endConnections = (which: string) =>
    client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and ${which}`,
    )
  return { folder, run, waiting, endConnections, goOn: () => client.end() }
}

test('begins a migration anew that the database was restarted in', async () => {
  const url = await anEmptyDatabase()
  const { folder, run, endConnections, goOn } = await aRunThatWaits(url)
  await endConnections('true')
  await goOn()

  const again = await migrate(url, folder)

  expect(await run).toBeInstanceOf(MigrationFailed)
  expect(again.applied).toEqual(['2_slow'])
  expect(await textsIn(url)).toEqual(['slow'])
})

test('waits for a migration that the database goes on with after its run was killed', async () => {
  const url = await anEmptyDatabase()
  const { folder, waiting, endConnections, goOn } = await aRunThatWaits(url)
  await endConnections(`state = 'idle'`)

  const again = migrate(url, folder)
  await expect.poll(async () => (await waiting('transactionid')).rowCount).toBe(1)
  await goOn()

  expect((await again).applied).toEqual([])
  expect(await textsIn(url)).toEqual(['slow'])
})

test('refuses to go past a migration of which half may be there, until somebody says what became of it', async () => {
  const url = await anEmptyDatabase()
  const folder = aPrismaFolder({
    ...first,
    '2_twice': `insert into "Note" values (1, 'a'), (2, 'a');`,
    '3_index': 'create unique index concurrently one on "Note" (text);',
  })
  await migrate(url, folder).catch(() => {})

  const refused = await migrate(url, folder).catch((error: unknown) => error)
  const client = new pg.Client(url)
  await client.connect()
  await client.query('drop index one')
  await client.query('delete from "Note" where id = 2')
  await client.query(`update _prisma_migrations set rolled_back_at = now() where finished_at is null`)
  await client.end()

  expect(String(refused)).toMatch(/3_index stopped half-way.* "rolled_back_at = now\(\)"/)
  expect((await migrate(url, folder)).applied).toEqual(['3_index'])
})

test('waits for another run, however long it takes', async () => {
  const url = await anEmptyDatabase()
  const other = new pg.Client(url)
  await other.connect()
  await other.query('select pg_advisory_lock($1)', [migrationLock])

  const run = migrate(url, aPrismaFolder(first))
  const waiting = () => other.query("select 1 from pg_locks where locktype = 'advisory' and not granted")
  await expect.poll(async () => (await waiting()).rowCount).toBe(1)
  await other.end()

  expect((await run).applied).toEqual(['1_first'])
})

test('keeps the history in the table that Prisma reads', async () => {
  const url = await anEmptyDatabase()
  await migrate(url, aPrismaFolder(first))

  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query(
    'select migration_name, finished_at is not null as done from _prisma_migrations',
  )
  await client.end()

  expect(rows).toEqual([{ migration_name: '1_first', done: true }])
})

test('writes a migration for what the schema adds', async () => {
  const other = `model Other {
    id Int @id
    nextId Int?
    next Other? @relation("next", fields: [nextId], references: [id], onDelete: NoAction, onUpdate: NoAction)
    previous Other[] @relation("next")
  }`
  const existing = 'create table "Other" (id int primary key, "nextId" int references "Other");'
  const folder = aPrismaFolder({ '1_other': existing })
  writeFileSync(join(folder, 'schema.prisma'), `${schema}${other}\n`)

  const file = await createMigration({
    name: 'Add notes!',
    folder,
    shadowDatabaseUrl: adminUrl(),
    now: new Date('2030-01-02T03:04:05Z'),
  })

  expect(file).toBe(join(folder, 'migrations/20300102030405_add_notes/migration.sql'))
  const sql = readFileSync(String(file), 'utf8')
  expect(sql).toContain('CREATE TABLE "Note"')
  expect(sql).not.toContain('Other')
})

test.each(['auth', 'api'])('finds the migrations of %s complete', async (service) => {
  const folder = new URL(`../../${service}/prisma`, import.meta.url).pathname

  const file = await createMigration({ name: 'none', folder, shadowDatabaseUrl: adminUrl(), now: new Date() })

  expect(file).toBeNull()
})
