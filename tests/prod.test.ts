import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { get } from 'node:https'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import { baseUrl, compose, containers, docker, folder } from './support/stack.ts'

const stack = containers('prod')
const names = [...stack.keys()]
/** Of an answer of the edge. Who vouches for its certificate is a test of its own. */
function headersOf(path: string, headers: OutgoingHttpHeaders = {}): Promise<IncomingHttpHeaders> {
  return new Promise((resolve, reject) => {
    const request = get(new URL(path, baseUrl), { headers, rejectUnauthorized: false }, (answer) => {
      answer.resume()
      resolve(answer.headers)
    })
    request.on('error', reject)
  })
}

const idOf = (service: string) => stack.get(service)?.Name.slice(1) ?? ''

describe('the running production stack', () => {
  test('has finished its migrations and made everything else healthy', () => {
    const states = [...stack].map(
      ([name, { State }]) =>
        `${name} ${State.Status === 'exited' ? `exit ${State.ExitCode}` : State.Health?.Status}`,
    )

    expect(states.filter((state) => !/ (healthy|exit 0)$/.test(state))).toEqual([])
  })

  test('publishes the gate of the edge only', () => {
    const published = [...stack].filter(([, container]) =>
      Object.values(container.NetworkSettings.Ports).some((bindings) => bindings?.length),
    )

    expect(published.map(([name]) => name)).toEqual(['gate'])
  })

  test.each(names)('%s is unprivileged, read-only and limited', (name) => {
    const host = stack.get(name)?.HostConfig

    expect(host).toMatchObject({
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
    })
    expect([host?.Memory, host?.NanoCpus, host?.PidsLimit]).not.toContain(0)
    expect(host?.LogConfig.Config).toHaveProperty('max-size')
    expect(stack.get(name)?.Config.User).toMatch(/^(65532:65532|postgres|redis)$/)
  })

  test.each(names)('%s has no secret in its environment', (name) => {
    const folderOfSecrets = join(folder, 'secrets')
    const values = readdirSync(folderOfSecrets)
      .map((secret) => readFileSync(join(folderOfSecrets, secret), 'utf8'))
      .filter((value) => value !== '')

    const environment = stack.get(name)?.Config.Env.join('\n') ?? ''

    expect(values.filter((value) => environment.includes(value))).toEqual([])
  })
})

test('Redis answers to nobody without its password, which no list of processes shows', () => {
  const password = readFileSync(join(folder, 'secrets/redis_password'), 'utf8')

  const answer = docker('exec', idOf('redis'), 'redis-cli', 'dbsize')

  expect(answer).toContain('NOAUTH')
  expect(docker('top', idOf('redis')) + docker('inspect', idOf('redis'))).not.toContain(password)
})

test('an operator makes the first superuser by one command, in the image without a shell', () => {
  const output = execFileSync('sh', ['scripts/auth.sh', 'make-superuser', 'operator@example.com'], {
    cwd: folder,
    encoding: 'utf8',
  })

  expect(output).toContain('operator@example.com is a superuser.')
  expect(output).toMatch(/https:\/\/localhost\/reset-password#token=[\w-]{43}/)
})

describe('the edge', () => {
  test('serves the app over TLS that its own CA vouches for', async () => {
    const certificate = docker('cp', `${idOf('web')}:/data/caddy/pki/authorities/local/root.crt`, '-')
    const pem = certificate.slice(
      certificate.indexOf('-----BEGIN'),
      certificate.indexOf('-----END CERTIFICATE-----') + 26,
    )

    const authorized = await new Promise<boolean>((resolve, reject) => {
      const socket = connect(
        { port: Number(new URL(baseUrl).port), host: '127.0.0.1', servername: 'localhost', ca: pem },
        () => {
          resolve(socket.authorized)
          socket.end()
        },
      )
      socket.on('error', reject)
    })

    expect(authorized).toBe(true)
  })

  test.each([
    '/',
    '/favicon.svg',
    '/docs',
    '/users/me',
    '/api/documents',
    '/assets/none.js',
  ])('sends its security headers with %s', async (path) => {
    const headers = await headersOf(path)

    expect(headers).toMatchObject({
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    })
    expect(headers).not.toHaveProperty('server')
  })

  test.each(['/users', '/users?limit=1', '/users/me'])('leads %s to auth', async (path) => {
    expect((await headersOf(path))['content-type']).toMatch('application/problem+json')
  })

  test.each([
    'ended-sessions',
    'deleted-accounts',
  ])('leads nobody to the list of %s, which auth keeps for the other services', async (list) => {
    expect((await headersOf(`/.well-known/${list}.json`))['content-type']).toMatch('text/html')
  })

  test('lets the app load and run its own files only', async () => {
    const { 'content-security-policy': policy } = await headersOf('/')

    expect(policy).toBe(
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    )
  })

  test('tells the app of this installation, anew at each visit', async () => {
    const { 'content-type': type, 'cache-control': caching } = await headersOf('/settings.json')

    expect({ type, caching }).toEqual({ type: 'application/json', caching: 'no-cache' })
  })

  test('sends the app as the build has compressed it', async () => {
    const { 'content-encoding': encoding } = await headersOf('/', { 'accept-encoding': 'gzip, br' })

    expect(encoding).toBe('br')
  })

  test.each(['/', '/sign-in'])('needs at most 120 kB of JavaScript, compressed, to show %s', async (path) => {
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
    const page = await browser.newPage({ ignoreHTTPSErrors: true })
    const scripts: Promise<Buffer>[] = []
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.push(response.body())
    })

    await page.goto(baseUrl + path, { waitUntil: 'networkidle' })
    const bodies = await Promise.all(scripts)

    await browser.close()
    const bytes = bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0)
    console.info(`${path}: ${(bytes / 1000).toFixed(1)} kB of JavaScript in ${bodies.length} files`)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThan(120_000)
  })

  test('sends visitors of plain HTTP to HTTPS', async () => {
    const address = compose('prod', 'port', 'gate', '80').trim().replace(/^.*:/, 'http://localhost:')

    const answer = await fetch(address, { redirect: 'manual' })

    expect(answer.status).toBe(308)
    expect(answer.headers.get('location')).toBe('https://localhost/')
  })
})

test('a stopped service ends by itself, with exit code 0', () => {
  compose('prod', 'stop', 'api', 'auth')

  const codes = ['api', 'auth'].map((name) => containers('prod').get(name)?.State.ExitCode)

  compose('prod', 'up', '--detach', '--wait', '--no-recreate', 'auth', 'api')
  expect(codes).toEqual([0, 0])
})
