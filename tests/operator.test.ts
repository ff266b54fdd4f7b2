import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { type Account, aSignedInAccount, keepConnecting, keepRequesting, send } from './support/requests.ts'
import { containers, docker, folder, toolsImage, until } from './support/stack.ts'

const idOf = (service: string) => containers('prod').get(service)?.Name.slice(1) ?? ''
const sql = (statement: string) =>
  docker(
    'exec',
    idOf('db'),
    'psql',
    '--username',
    'postgres',
    '--dbname',
    'finity_db',
    '-qtAc',
    statement,
  ).trim()

/** A verb, while the tests go on with something else. */
async function run(script: string, ...words: string[]): Promise<{ code: number; output: string }> {
  const child = spawn('sh', [`scripts/${script}.sh`, ...words], { cwd: folder })
  const ended = new Promise<number>((resolve) => child.once('close', resolve))
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, output: output + errors }
}

/** Another verb may be letting its lock go. */
async function rotate(what: string): Promise<void> {
  let last = ''
  await until(async () => {
    const { code, output } = await run('rotate', what)
    last = output
    if (!output.includes('Another deploy')) expect(code, output).toBe(0)
    return code === 0
  }).catch(() => expect(last).toBe(''))
}

let account: Account
beforeEach(async () => {
  account = await aSignedInAccount()
})

const secretOf = (name: string) => readFileSync(join(folder, 'secrets', name), 'utf8')

describe('rotation', () => {
  test('of the database passwords fails no request, and refuses nobody who connects meanwhile', async () => {
    const before = secretOf('api_app_password')
    const load = keepRequesting(account)
    const logins = keepConnecting(idOf('db'))
    await until(async () => logins.count() > 0)

    await rotate('database')
    await until(async () => load.count() >= 200)

    expect(await load.stop()).toEqual([])
    expect(await logins.stop()).toEqual([])
    expect(logins.count()).toBeGreaterThan(50)
    expect(secretOf('api_app_password')).not.toBe(before)
  })

  test('of the database passwords is what new connections of the services use', async () => {
    await rotate('database')

    sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename in ('finity_auth_app', 'finity_api_app')`,
    )

    const isServed = async () =>
      (await send('/users/me', account)).status === 200 &&
      (await send('/api/documents', account)).status === 200
    expect(await until(isServed)).toBeGreaterThan(0)
  })

  test('of the token secrets fails no request, and keeps what was made before it', async () => {
    const image = await send('/api/media?name=a.txt', {
      ...account,
      method: 'POST',
      body: 'text',
      type: 'text/plain',
    })
    const { links } = (await image.json()) as { links: { content: string } }
    const load = keepRequesting(account)

    await rotate('token-secrets')
    await until(async () => load.count() >= 200)

    expect(await load.stop()).toEqual([])
    expect((await send(links.content)).status).toBe(200)
    expect(secretOf('auth_secret').split('\n')).toHaveLength(2)
  })
})

describe('trace', () => {
  test('follows a request from the edge through the api to its statement', async () => {
    // Of a statement that the connection meets for the first time, what takes long is to parse it, which belongs to no request.
    await send('/api/documents', account)
    const holding = inSession(
      'begin; lock table document in access exclusive mode; select pg_sleep(3); commit',
    )
    await until(
      async () =>
        sql(
          `select count(*) from pg_locks where mode = 'AccessExclusiveLock' and relation = 'document'::regclass and granted`,
        ) === '1',
    )

    const answer = await send('/api/documents', account)
    await holding

    const id = answer.headers.get('x-request-id') ?? ''
    const { output } = await run('trace', id)
    const lines = output.trim().split('\n').slice(1)
    expect(lines.map((line) => line.trim().split(/ +/)[1])).toEqual(['web', 'api', 'db'])
    expect(lines[0]).toContain('GET /api/documents 200')
    expect(lines[2]).toMatch(/ \d{3,4}\.\d {2}(bind|execute) .*: select id, title/)
  })

  test('says that nothing was found', async () => {
    const { code, output } = await run('trace', randomUUID())

    expect(code).toBe(1)
    expect(output).toMatch(/No container has a line of the request .*\n\s+Remedy: /)
  })
})

/** In a session of its own, beside the test. */
function inSession(statement: string): Promise<unknown> {
  const words = [
    'exec',
    idOf('db'),
    'psql',
    '--username',
    'postgres',
    '--dbname',
    'finity_db',
    '-qc',
    statement,
  ]
  const child = spawn('docker', words)
  return new Promise((resolve) => child.once('close', resolve))
}

describe('logs', () => {
  test.each([
    'web',
    'auth',
    'api',
    'auth-migrate',
    'api-migrate',
    'db',
    'backup',
  ])('of %s are one JSON object a line', (service) => {
    const lines = docker('logs', idOf(service)).trim().split('\n')
    // What PostgreSQL says before its logger runs is plain (docs/LOGGING.md).
    const begin = Math.max(
      0,
      lines.findLastIndex((line) => /^\{.*starting PostgreSQL/.test(line)),
    )

    expect(lines.slice(begin).filter((line) => !isJson(line))).toEqual([])
  })
})

function isJson(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object'
  } catch {
    return false
  }
}

describe('doctor', () => {
  const sick = `${process.env.COMPOSE_PROJECT_NAME}-sick`
  afterAll(() => void docker('rm', '--force', sick))

  test('finds nothing wrong with a stack that is well', async () => {
    const { code, output } = await run('doctor')

    expect(output).toMatch(/✓ containers/)
    expect(output).toMatch(/✓ certificates/)
    expect(output).toMatch(/✓ backups/)
    expect([code, output.match(/✗ .*/g)]).toEqual([0, null])
  })

  test('finds a container that does not answer its health check', async () => {
    const labels = ['project', 'service', 'oneoff'].map(
      (name) =>
        `--label=com.docker.compose.${name}=${name === 'project' ? process.env.COMPOSE_PROJECT_NAME : name === 'oneoff' ? 'False' : 'sick'}`,
    )
    docker(
      'run',
      '--detach',
      '--name',
      sick,
      ...labels,
      '--health-cmd=false',
      '--health-interval=100ms',
      '--health-retries=1',
      '--entrypoint=sleep',
      toolsImage,
      '300',
    )
    await until(
      async () => docker('inspect', '--format', '{{.State.Health.Status}}', sick).trim() === 'unhealthy',
    )

    const { code, output } = await run('doctor')

    expect(code).toBe(1)
    expect(output).toMatch(/✗ containers +sick does not answer its health check\.\n\s+Remedy: .*logs sick/)
  })
})
