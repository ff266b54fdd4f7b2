import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readStatus } from './support/backup.ts'
import { imageOf, project, run, withSettings } from './support/releases.ts'
import { type Account, aSignedInAccount, send, signIn } from './support/requests.ts'
import { compose, docker, folder, until } from './support/stack.ts'
import {
  dump,
  foldersOfData,
  idOf,
  inDatabase,
  interrupted,
  major,
  startOn,
  upgrade,
  worker,
} from './support/upgrade.ts'

async function asksFor(words: string): Promise<string[]> {
  const answer = await send(`/api/documents?q=${encodeURIComponent(words)}`, account)
  return ((await answer.json()) as { items: { title: string }[] }).items.map(({ title }) => title)
}

let account: Account
beforeAll(async () => {
  account = await aSignedInAccount()
  const document = { title: 'Heron', content: `A grey heron stands in the reeds. ${'Reed. '.repeat(50_000)}` }
  await send('/api/documents', { ...account, method: 'POST', body: JSON.stringify(document) })
  inDatabase(
    'finity_db',
    `create role reader login password 'reads' connection limit 3; alter role reader set work_mem = '5MB'; grant pg_read_all_data to reader;
     create table ledger (id bigserial primary key, name text not null, large text, deep jsonb);
     grant select (id, name) on ledger to reader;
     insert into ledger (name, large, deep) select 'ä' || n, repeat(md5(n::text), 40000), jsonb_build_object('n', n) from generate_series(1, 20) n;
     create unique index on ledger (lower(name)); select lo_from_bytea(0, decode(repeat('ab', 100000), 'hex'))`,
  )
  inDatabase('postgres', "alter system set work_mem = '6MB'")
}, 120_000)

describe('data of the major before', () => {
  test('is never passed over by an image of the next, which names the remedy', () => {
    const said = startOn(imageOf('postgres', 'v18'))

    expect(said).toContain(
      'The volume holds the data of PostgreSQL 17, and this image runs 18. Remedy: npm run upgrade',
    )
    expect(foldersOfData()).toEqual(['17/docker'])
  })

  test('is served by one server only, whatever container it is in', () => {
    const said = startOn(imageOf('postgres', 'v17'))

    expect(said).toContain('Another server or an upgrade is at work on this data.')
  })
})

test('a deploy of a release with the next major changes nothing, and names the upgrade', async () => {
  const before = [idOf('db'), idOf('auth'), idOf('api')]

  const { code, output } = await run('sh', ['scripts/deploy.sh', 'v18'])

  expect(code).toBe(1)
  expect(output).toMatch(
    /v18 brings PostgreSQL 18, and the database is of 17\.\s+Remedy: .*npm run upgrade -- v18/,
  )
  expect([idOf('db'), idOf('auth'), idOf('api')]).toEqual(before)
})

describe('where the disk has no room for a copy', () => {
  const small = `${project}-small`
  const composeSmall = ['compose', '-p', small, '-f', 'compose/base.yml', '-f', 'compose/prod.yml']
  afterAll(() => void docker(...composeSmall, 'down', '--volumes'))

  test('an upgrade is refused, and the database runs on', async () => {
    const options = ['type=tmpfs', 'device=tmpfs', 'o=size=200m,uid=999,gid=999,mode=700'].flatMap(
      (option) => ['--opt', option],
    )
    const labels = [`com.docker.compose.project=${small}`, 'com.docker.compose.volume=postgres_data']
    docker(
      'volume',
      'create',
      ...options,
      ...labels.flatMap((label) => ['--label', label]),
      `${small}_postgres_data`,
    )
    docker(...composeSmall, 'up', '--detach', '--wait', 'db')
    const before = docker(...composeSmall, 'ps', '--format', '{{.ID}} {{.State}} {{.CreatedAt}}')

    const { code, output } = await run('env', [
      `COMPOSE_PROJECT_NAME=${small}`,
      'sh',
      'scripts/upgrade.sh',
      'v18',
    ])

    expect(code).toBe(1)
    expect(output).toMatch(
      /The disk of the data has \d+ MB free, and the upgrade needs \d+ MB[\s\S]*Nothing is changed/,
    )
    expect(docker(...composeSmall, 'ps', '--format', '{{.ID}} {{.State}} {{.CreatedAt}}')).toBe(before)
  })
})

test('what pg_upgrade cannot take over is found before the database stops', async () => {
  const startedAt = docker('inspect', '--format', '{{.State.StartedAt}}', idOf('db'))
  inDatabase('finity_db', 'create table odd (type "pg_catalog"."regcollation")')

  const { code, output } = await upgrade('v18')

  inDatabase('finity_db', 'drop table odd')
  expect(code).toBe(1)
  expect(output).toMatch(/PostgreSQL 18 cannot take over this data: .*reg/)
  expect(docker('inspect', '--format', '{{.State.StartedAt}}', idOf('db'))).toBe(startedAt)
})

let confinement: Record<string, unknown>
test('an upgrade whose container is killed leaves the data and the server of before', async () => {
  const { code, output } = await interrupted(() => {
    const [{ Config, HostConfig }] = JSON.parse(docker('inspect', worker))
    confinement = { ...HostConfig, User: Config.User }
    docker('kill', worker)
  })
  await until(async () => (await send('/api/documents', account)).status === 200)

  expect(code).not.toBe(0)
  expect(output).toContain(
    'Not upgraded. The data of PostgreSQL 17 is as it was, and its server starts again.',
  )
  expect([major(), foldersOfData()]).toEqual(['17', ['17/docker']])
})

test('an upgrade runs without network, privileges or a writable root', () => {
  expect(confinement).toMatchObject({
    User: 'postgres',
    NetworkMode: 'none',
    ReadonlyRootfs: true,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges:true'],
    Memory: 512 * 1024 * 1024,
    MemorySwap: 512 * 1024 * 1024,
    PidsLimit: 192,
  })
})

test('an upgrade that was killed half-way is completed by the next, and keeps every row, role, password and privilege', async () => {
  // The drills of the backups write too.
  compose('prod', 'stop', 'auth', 'api', 'backup')
  const before = dump()
  await interrupted((pid) => process.kill(-pid, 'SIGKILL'))
  await until(async () => docker('ps', '--quiet', '--filter', `name=${project}-deploy`) === '', 60_000)

  const { code, output, seconds } = await upgrade('v18')

  console.info(`Upgraded in ${seconds} s\n${output}`)
  expect(code, output).toBe(0)
  expect(major()).toBe('18')
  expect(dump()).toEqual(before)
  expect(inDatabase('postgres', 'show work_mem')).toBe('6MB')
  expect(foldersOfData()).toEqual(['17/kept', '18/docker'])
}, 240_000)

describe('after an upgrade', () => {
  test('people sign in, and find what they wrote by its words', async () => {
    compose('prod', 'start', 'auth', 'api')
    await until(async () => (await send('/api/documents', account)).status === 200, 60_000)

    const answer = await signIn(account.email)

    expect(answer.status).toBe(200)
    expect(await asksFor('heron reeds')).toEqual(['Heron'])
  })

  test('the roles have the passwords of the secret files', () => {
    const password = readFileSync(join(folder, 'secrets/api_owner_password'), 'utf8').trim()

    const signInAs = (secret: string) =>
      docker(
        'exec',
        '--env',
        `PGPASSWORD=${secret}`,
        idOf('db'),
        'psql',
        '-h',
        '127.0.0.1',
        '-U',
        'finity_api_owner',
        '-d',
        'finity_db',
        '-tAc',
        'select 1',
      )

    expect(signInAs(password).trim()).toBe('1')
    expect(() => signInAs('wrong')).toThrow('password authentication failed')
  })

  test('a full backup lets the repository take the log of the new major, without being asked for', async () => {
    const upgradedAt = new Date()

    await withSettings('TAG=v18', async () => compose('prod', 'up', '--detach', '--no-deps', 'backup'))

    await until(async () => new Date(readStatus().backup?.at ?? 0) > upgradedAt, 120_000)
    expect(readStatus().backup).toMatchObject({ kind: 'full', error: null })
    compose('prod', 'rm', '--stop', '--force', 'backup')
  }, 180_000)

  test('another upgrade has nothing to do', async () => {
    const { code, output } = await upgrade('v18')

    expect(code).toBe(0)
    expect(output).toContain('Nothing to do: the data is of PostgreSQL 18.')
  })

  test('an image of the major before does not start on the data of before', () => {
    const said = startOn(imageOf('postgres', 'v17'))

    expect(said).toMatch(
      /holds the data of PostgreSQL 18, and this image runs 17\. Remedy: .*npm run upgrade -- --back/,
    )
  })

  test('the way back asks first, and then serves the data of before', async () => {
    inDatabase('finity_db', "insert into ledger (name) values ('written since')")

    const asked = await upgrade('--back', 'v17')
    const gone = await upgrade('--back', 'v17', '--yes')

    expect([asked.code, gone.code], gone.output).toEqual([1, 0])
    expect(asked.output).toMatch(/what was written since then is out of sight/)
    expect([major(), inDatabase('finity_db', 'select count(*) from ledger')]).toEqual(['17', '20'])
    expect(foldersOfData()).toEqual(['17/docker', '18/kept'])
  })

  test('the data that is kept is deleted on demand, and only that', async () => {
    const { code, output } = await upgrade('--delete-old', '--yes')

    expect(code, output).toBe(0)
    expect(foldersOfData()).toEqual(['17/docker'])
  })
})
