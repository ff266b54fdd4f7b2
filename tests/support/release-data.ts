import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Known } from './fill-release.ts'
import { imageOf, project, run } from './releases.ts'
import { compose, docker, folder } from './stack.ts'

const kept = join(folder, 'tests/data')
const databases = { finity_auth: 'auth', finity_db: 'api' }

export type ReleaseData = { release: string; known: Known }

/** Of every release whose data are kept (scripts/keep-release-data.sh). */
export const keptReleases: ReleaseData[] = readdirSync(kept)
  .sort()
  .map((release) => ({ release, known: JSON.parse(readFileSync(join(kept, release, 'known.json'), 'utf8')) }))

/** A database server with the data of a release and nothing beside it, as an operator has it who moved to a new server. */
export async function restore({ release, known }: ReleaseData): Promise<void> {
  const data = join(kept, release)
  rmSync(join(folder, 'secrets'), { recursive: true, force: true })
  cpSync(join(data, 'secrets'), join(folder, 'secrets'), { recursive: true })
  // What the release did not have yet, and the passwords of the new server.
  execFileSync('sh', ['scripts/secrets.sh'], { cwd: folder, stdio: 'pipe' })
  const up = ['compose', '-f', 'compose/base.yml', '-f', 'compose/prod.yml', 'up', '--detach', '--wait', 'db']
  const { code, output } = await run('docker', up, 'v1')
  if (code !== 0) throw new Error(output)
  for (const database of Object.keys(databases)) {
    sql(database, readFileSync(join(data, `${database}.sql`), 'utf8'))
    sql(database, moveTimes(known.madeAt))
  }
  if (existsSync(join(data, 'media.tar'))) restoreMedia(join(data, 'media.tar'))
}

/** Sessions, the trash and waiting mails live for days: it is to be the moment at which they were kept, whenever the test runs. */
const moveTimes = (madeAt: string) => `
  SET session_replication_role = replica;
  SELECT format('UPDATE %s SET %I = %2$I + (now() - %L)', attrelid::regclass, attname, '${madeAt}'::timestamptz)
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
  WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('public', 'pgboss')
    AND atttypid = 'timestamptz'::regtype AND attgenerated = '' \\gexec`

function restoreMedia(tar: string): void {
  const volume = `${project}_media_data`
  const labels = [`project=${project}`, 'volume=media_data'].flatMap((label) => [
    '--label',
    `com.docker.compose.${label}`,
  ])
  docker('volume', 'create', ...labels, volume)
  const porter = docker('create', '--volume', `${volume}:/data/media`, imageOf('api', 'v1')).trim()
  execFileSync('docker', ['cp', '-', `${porter}:/data`], { input: readFileSync(tar) })
  docker('rm', porter)
}

/** What the statements answer, a row a line. */
export function sql(database: string, statements: string): string[] {
  const db = compose('prod', 'ps', '--quiet', 'db').trim()
  const psql = [
    'psql',
    '--username=postgres',
    `--dbname=${database}`,
    '--no-psqlrc',
    '--quiet',
    '--tuples-only',
  ]
  const answer = execFileSync(
    'docker',
    ['exec', '--interactive', db, ...psql, '--no-align', '--set=ON_ERROR_STOP=1'],
    { input: statements, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] },
  )
  return answer.split('\n').filter(Boolean)
}

/** "database table|rows" of every table of ours. The job queue's and Prisma's are theirs. */
export const countRows = (): string[] =>
  Object.keys(databases).flatMap((database) =>
    sql(
      database,
      String.raw`SELECT format('SELECT %L, count(*) FROM %I', tablename, tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY tablename \gexec`,
    ).map((line) => `${database} ${line}`),
  )

/** "name|checksum" of every migration that a database has, and of every one that the tree has. */
export const migrations = (): { applied: string[]; ofTheTree: string[] } => ({
  applied: Object.keys(databases).flatMap((database) =>
    sql(
      database,
      `SELECT migration_name, checksum FROM _prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
    ),
  ),
  ofTheTree: Object.values(databases).flatMap((service) => {
    const folderOfMigrations = join(folder, 'services', service, 'prisma/migrations')
    return readdirSync(folderOfMigrations)
      .filter((name) => name !== 'migration_lock.toml')
      .sort()
      .map((name) => `${name}|${sha256(readFileSync(join(folderOfMigrations, name, 'migration.sql')))}`)
  }),
})

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
