import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import { baseUrl, compose, containers, docker, folder, until } from './support/stack.ts'

/** Changes a file of the copy, tells how long the new behaviour took, and changes it back. */
async function edit(
  path: string,
  from: string,
  to: string,
  visible: () => Promise<boolean>,
): Promise<number> {
  const file = join(folder, path)
  const before = readFileSync(file, 'utf8')
  expect(before, path).toContain(from)
  writeFileSync(file, before.replace(from, to))
  try {
    const milliseconds = await until(visible)
    console.info(`${path}: new behaviour after ${milliseconds} ms`)
    return milliseconds
  } finally {
    writeFileSync(file, before)
  }
}

const titleOf = async (path: string) => (await (await fetch(baseUrl + path)).json()).info.title
const answersAgain = (path: string, title: string) => until(async () => (await titleOf(path)) === title)

const sql = (user: string, database: string, statement: string) =>
  docker(
    'exec',
    '--env',
    `PGPASSWORD=development-only-${user.replace('finity_', '').replace('_', '-')}`,
    containerOf('db'),
    'psql',
    '--no-psqlrc',
    '--host',
    '127.0.0.1',
    '--username',
    user,
    '--tuples-only',
    '--no-align',
    '--command',
    statement,
    database,
  )

const containerOf = (service: string) => containers('dev').get(service)?.Name.slice(1) ?? ''

const demo = new URLSearchParams({ username: 'demo@example.com', password: 'development-only' })

describe('the running development stack', () => {
  test('has finished its migrations and made everything else healthy', () => {
    const states = [...containers('dev')].map(
      ([name, { State }]) => `${name} ${State.Health?.Status ?? `exit ${State.ExitCode}`}`,
    )

    expect(states.filter((state) => !/ (healthy|exit 0)$/.test(state))).toEqual([])
  })

  test('publishes its ports on 127.0.0.1 only', () => {
    const bindings = [...containers('dev').values()].flatMap((container) =>
      Object.values(container.NetworkSettings.Ports).flat(),
    )

    expect(bindings.filter((binding) => binding && binding.HostIp !== '127.0.0.1')).toEqual([])
  })

  test('answers for auth and api on the same paths at the web port', async () => {
    const paths = ['/', '/openapi.json', '/.well-known/jwks.json', '/api/openapi.json']

    const answers = await Promise.all(paths.map(async (path) => (await fetch(baseUrl + path)).status))

    expect(answers).toEqual([200, 200, 200, 200])
  })

  test('has a demo account with a document', async () => {
    const { access_token: token } = await (
      await fetch(`${baseUrl}/auth/jwt/login`, { method: 'POST', body: demo })
    ).json()
    const documents = await fetch(`${baseUrl}/api/documents`, {
      headers: { authorization: `Bearer ${token}` },
    })

    expect((await documents.json()).items).toHaveLength(1)
  })

  test('catches mail', async () => {
    const port = compose('dev', 'port', 'mail', '1080').trim()

    const answer = await fetch(`http://${port}/`, { headers: { accept: 'text/html' } })

    expect(answer.status).toBe(200)
  })
})

async function signIn(): Promise<{ status: number; ms: number }> {
  const startedAt = performance.now()
  const { status } = await fetch(`${baseUrl}/auth/jwt/login`, { method: 'POST', body: demo })
  return { status, ms: Math.round(performance.now() - startedAt) }
}

describe('people sign in', () => {
  test('also while Redis and the mail server are away', async () => {
    for (const service of ['redis', 'mail']) docker('stop', '--time', '2', containerOf(service))

    const answers = [await signIn(), await signIn()]

    for (const service of ['redis', 'mail']) docker('start', containerOf(service))
    console.info(`Without Redis and mail server: ${answers.map(({ ms }) => ms).join(', ')} ms`)
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
  })

  test('as soon as the database is back that was frozen, and are told at once while it is', async () => {
    docker('pause', containerOf('db'))

    const frozen = await signIn()

    docker('unpause', containerOf('db'))
    const backAfterMs = await until(async () => (await signIn()).status === 200)
    console.info(`Frozen database: 503 after ${frozen.ms} ms, back after ${backAfterMs} ms`)
    expect(frozen.status).toBe(503)
    expect(frozen.ms).toBeLessThan(2_000)
    expect(backAfterMs).toBeLessThan(4_000)
  })
})

test('an operator makes a superuser by one command, without a mail server', () => {
  const output = execFileSync('sh', ['scripts/auth.sh', 'make-superuser', 'operator@example.com'], {
    cwd: folder,
    encoding: 'utf8',
  })

  expect(output).toContain('operator@example.com is a superuser.')
  expect(output).toMatch(/http:\/\/localhost:\d+\/reset-password#token=[\w-]{43}/)
})

describe('an edit', () => {
  test('in the auth service answers with the new code', async () => {
    await edit(
      'services/auth/src/app.ts',
      "'Finity auth'",
      "'Edited auth'",
      async () => (await titleOf('/openapi.json')) === 'Edited auth',
    )

    await answersAgain('/openapi.json', 'Finity auth')
  })

  test('in the api service answers with the new code', async () => {
    await edit(
      'services/api/src/app.ts',
      "'Finity API'",
      "'Edited API'",
      async () => (await titleOf('/api/openapi.json')) === 'Edited API',
    )

    await answersAgain('/api/openapi.json', 'Finity API')
  })

  test('in the web app changes the page without a reload', async () => {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    })
    const page = await browser.newPage()
    // An edit that comes before the page listens reaches nobody.
    const listening = page.waitForEvent('console', (message) => message.text().includes('[vite] connected'))
    await page.goto(baseUrl)
    await listening
    const heading = page.getByRole('heading', { level: 1 })
    await heading.waitFor()
    const before = (await heading.textContent()) ?? ''
    await page.evaluate(() => Object.assign(window, { notReloaded: true }))

    await edit(
      'web/src/text/landing.ts',
      before,
      'Edited heading',
      async () => (await heading.textContent()) === 'Edited heading',
    )

    expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true)
    await browser.close()
  })
})

describe('the databases', () => {
  test.each([
    ['finity_auth_app', 'finity_auth'],
    ['finity_api_app', 'finity_db'],
  ])('let %s change rows but no table', (user, database) => {
    const create = () => sql(user, database, 'CREATE TABLE intruder ()')

    expect(create).toThrow(/permission denied/)
  })

  test("let no service into the other one's", () => {
    const cross = () => sql('finity_api_app', 'finity_auth', 'SELECT 1')

    expect(cross).toThrow(/permission denied for database/)
  })

  test('refuse the superuser over the network', () => {
    const connect = () =>
      docker(
        'exec',
        containerOf('db'),
        'psql',
        '--host',
        '127.0.0.1',
        '--username',
        'postgres',
        '--command',
        'SELECT 1',
      )

    expect(connect).toThrow(/rejects connection/)
  })

  test('keep the history of migrations as Prisma does, and run none twice', () => {
    const finished = () =>
      sql(
        'finity_auth_owner',
        'finity_auth',
        'SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NOT NULL',
      )
    const before = finished()

    compose('dev', 'run', '--rm', '--no-deps', 'auth-migrate')

    expect(Number(before)).toBeGreaterThan(0)
    expect(finished()).toBe(before)
  })
})

test('the backend-only set depends on nothing else', () => {
  const services = JSON.parse(compose('dev', '--profile', 'tools', 'config', '--format', 'json')).services

  expect(Object.keys(services.db.depends_on ?? {})).toEqual([])
  expect(Object.keys(services.redis.depends_on ?? {})).toEqual([])
  expect(Object.keys(services.pgadmin.depends_on ?? {})).toEqual([])
})
