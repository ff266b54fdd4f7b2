import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { backup, idOf, readStatus, runInSidecar } from './support/backup.ts'
import { startEmptyServer } from './support/empty-server.ts'
import { docker, folder, until } from './support/stack.ts'
import { inDatabase } from './support/upgrade.ts'

/** A write that was acknowledged: between `asked` and `answered`, by this transaction; with the name of the moment after it. */
type Entry = { line: number; transaction: string; answered: Date; name: string }

const ledger: Entry[] = []
const lastLine = () => ledger.at(-1)?.line ?? 0

async function write(): Promise<void> {
  const line = lastLine() + 1
  const transaction = inDatabase(
    'postgres',
    `insert into acknowledged values (${line}) returning pg_current_xact_id()`,
  )
  await pause(randomInt(5, 300))
  ledger.push({ line, transaction, answered: new Date(), name: `line-${line}` })
  await pause(randomInt(5, 300))
  await runInSidecar('point', `line-${line}`)
}

/** The lines of what was restored into a folder beside the data, by a server that is started on it as RUNBOOK says. */
function linesIn(name: string): number[] {
  const start = `pg_ctl start --wait --silent --options "-c listen_addresses='' -c unix_socket_directories=/tmp -c archive_mode=off -c shared_buffers=32MB" >/dev/null`
  const ask =
    'psql --host /tmp --username postgres --quiet --tuples-only --no-align --command "select line from acknowledged order by 1"'
  const data = `PGDATA=/var/lib/postgresql/restore/${name}`
  const said = docker(
    'exec',
    '--env',
    data,
    idOf('db'),
    'sh',
    '-euc',
    `${start}; ${ask}; pg_ctl stop --silent; rm -r "$PGDATA"`,
  )
  return said.trim().split('\n').filter(Boolean).map(Number)
}

const upTo = (line: number) => Array.from({ length: line }, (_, index) => index + 1)

beforeAll(async () => {
  inDatabase('postgres', 'create table acknowledged (line int primary key)')
  await until(async () => readStatus().drill?.error === null, 240_000)
  // Three backups, and writes before, between and after them.
  for (const words of [[], ['now'], ['now', '--full']]) {
    if (words.length > 0) await backup(...words)
    for (let count = 0; count < 8; count += 1) await write()
  }
}, 600_000)

const kinds = ['time', 'transaction', 'name'] as const

test.each(Array.from({ length: 10 }, (_, index) => [index + 1, kinds[index % 3] ?? 'time'] as const))(
  'moment %i, by %s, has what was acknowledged before it, and nothing of what came after',
  async (index, kind) => {
    const entry = ledger[randomInt(1, ledger.length - 1)] as Entry
    const word = { time: entry.answered.toISOString(), transaction: entry.transaction, name: entry.name }[
      kind
    ]

    const { code, output } = await backup('restore', `--${kind}`, word, '--into', `moment-${index}`, '--yes')
    const lines = linesIn(`moment-${index}`)

    console.info(kind, word, entry.line, output.match(/From .*/)?.[0])
    expect(code).toBe(0)
    // What is named by its transaction is the mistake itself.
    expect(lines).toEqual(upTo(kind === 'transaction' ? entry.line - 1 : entry.line))
  },
  120_000,
)

test('the newest moment can be restored after the data went back to one before the newest backup', async () => {
  const entry = ledger[3] as Entry
  const restored = await backup('restore', '--name', entry.name, '--live', '--yes')
  await until(async () => inDatabase('postgres', 'select 1') === '1', 60_000)
  const before = readStatus().drill?.at
  await until(async () => readStatus().drill?.at !== before, 120_000)
  inDatabase('postgres', 'insert into acknowledged values (1000)')

  const latest = await backup('restore', '--into', 'latest', '--yes')

  expect([restored.code, latest.code]).toEqual([0, 0])
  expect(linesIn('latest')).toEqual([...upTo(entry.line), 1_000])
}, 300_000)

test('an export is read by an empty PostgreSQL that knows none of our roles, and has each file of the media', async () => {
  const parent = mkdtempSync(join(folder, '.finity/export-'))
  const target = join(parent, 'all')

  const { code } = await backup('export', target)

  // It is for its owner's eyes, and the server has another one.
  for (const path of [parent, target]) chmodSync(path, 0o755)
  const server = await startEmptyServer(target)
  for (const database of ['finity_auth', 'finity_db']) {
    server.ask('postgres', `--command=create database ${database}`)
    server.ask(database, `--file=/seen/${database}.sql`)
    expect(server.ask(database, `--command=${countRows}`)).toBe(inDatabase(database, countRows))
  }
  server.end()
  const inArchive = execFileSync('tar', ['--list', '--file', join(target, 'media.tar')], { encoding: 'utf8' })
  const inPlace = docker(
    'exec',
    idOf('backup'),
    'sh',
    '-c',
    'cd /data/media && find . -type f ! -path "./incoming/*"',
  )
  expect([code, filesOf(inArchive)]).toEqual([0, filesOf(inPlace)])
  rmSync(parent, { recursive: true })
}, 120_000)

const filesOf = (list: string) =>
  list
    .split('\n')
    .filter((name) => name && !name.endsWith('/'))
    .sort()
const countRows = `select string_agg(relname || ' ' || (xpath('/row/count/text()', query_to_xml(format('select count(*) from public.%I', relname), false, true, '')))[1]::text, ', ' order by relname)
  from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`
