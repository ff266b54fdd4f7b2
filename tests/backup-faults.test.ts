import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backup, idOf, parseLast, readStatus, runInSidecar, untilAtWork, workOn } from './support/backup.ts'
import { setClock, useSettableClock } from './support/clock.ts'
import { besideTheData, killRestoreDuring, killSidecarDuring } from './support/interrupt.ts'
import { makeRepositoryOfMajorBefore } from './support/other-major.ts'
import { compose, docker, until } from './support/stack.ts'
import { inDatabase } from './support/upgrade.ts'

const lines = () => inDatabase('postgres', 'select count(*) from kept_lines')
const writeLine = () => inDatabase('postgres', 'insert into kept_lines default values')
const isWell = async () => lines() !== ''
const codesOf = async (...words: string[][]) => {
  const codes: (number | null)[] = []
  for (const each of words) {
    const { code, output } = await backup(...each)
    if (code !== 0) console.info(each, output.slice(-600))
    codes.push(code)
  }
  return codes
}

beforeAll(async () => {
  useSettableClock()
  await until(async () => readStatus().drill?.error === null, 240_000)
  // So much that nothing of a backup is over in a moment.
  inDatabase(
    'postgres',
    `create table kept_lines (id serial, at timestamptz default now());
     create table filler as select string_agg(md5(random()::text), '') from generate_series(1, 300000) n group by n / 20`,
  )
  docker('exec', idOf('api'), 'node', '--eval', fillMedia)
  writeLine()
}, 400_000)

const fillMedia = `const { mkdirSync, writeFileSync } = require('node:fs'); const { randomBytes } = require('node:crypto')
  mkdirSync('/data/media/zz', { recursive: true }); for (let n = 0; n < 5; n += 1) writeFileSync('/data/media/zz/' + n, randomBytes(1_000_000))`

describe('a sidecar that is killed', () => {
  test.each([
    ['a full backup', ['now', '--full'], /pgbackrest backup/],
    ['a copy of the media', ['now'], / restic .*backup/],
    ['the removal of old media', ['now'], / restic .*forget/],
    ['the restore of a drill', ['drill'], /pgbackrest restore/],
    ['the replay of a drill', ['drill'], / postgres -D .*drill-/],
  ])(
    'during %s makes the next backup, proves it, and leaves nothing lying about',
    async (what, words, program) => {
      const killed = await killSidecarDuring(words, program)

      const codes = await codesOf(['now'], ['drill'])

      console.info(what, killed.code, codes)
      expect(killed.code).not.toBe(0)
      expect(codes).toEqual([0, 0])
      expect(besideTheData()).toEqual([])
    },
    180_000,
  )
})

describe('a backup', () => {
  test('during which the database is killed fails in words, and the next is well', async () => {
    const work = runInSidecar('now', '--full')
    await untilAtWork(idOf('backup'), /pgbackrest backup/)
    docker('kill', idOf('db'))
    const failed = await work
    compose('prod', 'up', '--detach', '--wait', 'db')
    const codes = await codesOf(['now', '--full'], ['drill'])

    console.info(failed.output.slice(-600))
    expect(failed.code).toBe(1)
    expect(failed.output).toMatch(/terminat|connection|shut/i)
    expect(codes).toEqual([0, 0])
  }, 180_000)

  test('beside another one is refused in words, and no failure of the other', async () => {
    const first = runInSidecar('now', '--full')
    await untilAtWork(idOf('backup'), /pgbackrest backup/)
    const second = await runInSidecar('now')
    const ended = await first

    expect([ended.code, second.code]).toEqual([0, 1])
    expect(second.output).toContain('Another backup is at work')
    expect(readStatus().backup?.error).toBeNull()
  }, 120_000)
})

describe('a restore that is killed', () => {
  // After a restore the sidecar makes a backup by itself, beside which none of ours would be let in.
  afterAll(async () => {
    await until(async () => (await backup('now', '--full')).code === 0, 120_000)
  }, 120_000)

  test.each([
    ['while it copies', /pgbackrest restore/],
    ['while it replays', / postgres -D .*restore\/data/],
  ])(
    '%s leaves the live data as it is, and the next one is well',
    async (_, program) => {
      writeLine()
      const before = lines()

      const killed = await killRestoreDuring(program)
      docker('restart', idOf('db'))
      await until(isWell, 60_000)
      const after = lines()
      const next = await backup('restore', '--live', '--yes')
      await until(isWell, 60_000)

      console.info(killed.output.slice(-300), next.output.slice(-400))
      expect(killed.code).not.toBe(0)
      expect(after).toBe(before)
      expect([next.code, lines()]).toEqual([0, before])
    },
    180_000,
  )

  test('and was complete, but never taken over, does not come over the data of a later day', async () => {
    const restored = await runInSidecar('restore', '--live', '--yes')
    docker('exec', idOf('db'), 'touch', '--date', '2 hours ago', '/var/lib/postgresql/restore/ready')
    writeLine()
    const before = lines()

    docker('restart', idOf('db'))
    await until(isWell, 60_000)

    expect([restored.code, lines()]).toEqual([0, before])
  }, 120_000)

  test('by another one that begins beside it is none: the second is refused', async () => {
    const first = runInSidecar('restore', '--into', 'first', '--yes')
    await untilAtWork(idOf('backup'), /pgbackrest restore/)
    const second = await runInSidecar('restore', '--into', 'second', '--yes')

    expect([(await first).code, second.code]).toEqual([0, 1])
    expect(second.output).toContain('Another restore is at work')
  }, 120_000)
})

describe('a backup of another', () => {
  test('major of PostgreSQL is refused, with the way to restore it', async () => {
    const volume = makeRepositoryOfMajorBefore()

    const { code, output } = await workOn(volume, ['restore', '--into', 'other', '--yes'])

    expect(code).toBe(1)
    expect(output).toContain('is of PostgreSQL 17, and this release has 18')
    expect(besideTheData()).not.toContain('other')
  }, 120_000)
})

describe('a database of another schema', () => {
  const name = `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'x', '29990101_newer', now())`
  const noted = () =>
    JSON.parse(docker('exec', idOf('backup'), 'cat', '/backups/status.json')).migrations.finity_db

  test.each([
    ['runs', ['--live'], () => {}],
    ['is stopped', [], () => compose('prod', 'stop', 'db')],
  ])(
    'is put in the place of one that %s only when that is said',
    async (_, words, prepare) => {
      const point = `newer-${words.length}`
      const before = lines()
      inDatabase('finity_db', name)
      await backup('point', point)
      inDatabase('finity_db', `delete from _prisma_migrations where id = 'x'`)
      await until(async () => !noted().includes('29990101_newer'), 90_000)

      prepare()
      const { code, output } = await backup('restore', '--name', point, ...words, '--yes')
      compose('prod', 'up', '--detach', '--wait', '--force-recreate', 'db')
      await until(isWell, 60_000)

      expect(code).toBe(1)
      expect(output).toContain('only it has finity_db/29990101_newer')
      expect([
        lines(),
        inDatabase('finity_db', `select count(*) from _prisma_migrations where id = 'x'`),
      ]).toEqual([before, '0'])
    },
    240_000,
  )
})

describe('a clock that was set', () => {
  const labels = async () =>
    parseLast((await backup('list', '--json')).output).backups.map(({ label }: { label: string }) => label)

  test('forward by more than backups are kept removes none, and is told; set back, the next backup is well', async () => {
    const before = await labels()

    await setClock('+60d')
    // It is long after the hour of the next one.
    await until(
      async () => (await labels()).length > before.length && readStatus().drill?.error === null,
      120_000,
    )
    const during = await labels()
    const { alerts } = readStatus()
    await setClock('+0')
    const ahead = during.filter((one: string) => !before.includes(one)).reverse()
    // Of the same kind, which is that of the weekday: a full one does not follow a differential one.
    const refused = await backup('now', ...(ahead[0].includes('_') ? [] : ['--full']))
    const noted = readStatus().backup?.error
    for (const label of ahead) await backup('remove', label)
    const codes = await codesOf(['now', '--full'], ['drill'])
    const after = await labels()

    expect(during).toEqual(expect.arrayContaining(before))
    expect(alerts.map(({ code }) => code)).toContain('CLOCK_JUMPED')
    expect([refused.code, refused.output, noted]).toEqual([
      1,
      expect.stringContaining('is of a time that has not come'),
      expect.stringContaining('is of a time that has not come'),
    ])
    expect(codes).toEqual([0, 0])
    expect(after).toEqual(expect.arrayContaining(before))
  }, 300_000)

  test('back by a day is named by the backup that cannot be made, and costs none of those before', async () => {
    const before = await labels()

    await setClock('-1d')
    const refused = await backup('now', '--full')
    const during = await labels()
    await setClock('+0')
    const codes = await codesOf(['now'], ['drill'])

    expect([refused.code, refused.output]).toEqual([
      1,
      expect.stringContaining('is of a time that has not come'),
    ])
    expect([during, codes]).toEqual([before, [0, 0]])
  }, 180_000)
})
