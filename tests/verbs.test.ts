import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { docker, folder, toolsImage } from './support/stack.ts'

/** Runs a verb in a container of its own, on a copy of the repository: a host with what the options say, and nothing else. */
function onHost(options: string[], script: string) {
  // What this user may not read, a user of such a host would not have either.
  const command = `cp -r /repository /tmp/repository 2>/dev/null; cd /tmp/repository && ${script}`
  const container = [
    'run',
    '--rm',
    '--volume',
    `${folder}:/repository:ro`,
    ...options,
    toolsImage,
    'sh',
    '-c',
    command,
  ]
  const { status: code, stdout, stderr } = spawnSync('docker', container, { encoding: 'utf8' })
  return { code, output: stdout + stderr }
}

describe('up refuses, names the remedy and leaves nothing half-done', () => {
  test('without an engine and without root', () => {
    const { code, output } = onHost(['--user', '1000:1000'], 'sh scripts/up.sh')

    expect(code).toBe(1)
    expect(output).toMatch(
      /No Docker engine answers, and setting one up needs root\.\n\s+Remedy: .*sudo npm run up/,
    )
  })

  test('for a user who may not use the engine', () => {
    const socket = ['--volume', '/var/run/docker.sock:/var/run/docker.sock']

    const { code, output } = onHost([...socket, '--user', '1000:1000'], 'sh scripts/up.sh')

    expect(code).toBe(1)
    expect(output).toMatch(/may not use the Docker engine\.\n\s+Remedy: .*usermod -aG docker/)
  })

  test('on a system that it cannot set up', () => {
    const { code, output } = onHost(['--user', '0:0'], 'echo ID=gentoo >/etc/os-release; sh scripts/up.sh')

    expect(code).toBe(1)
    expect(output).toMatch(/on Debian only \(this is gentoo\)\.\n\s+Remedy: Install Docker/)
  })

  test('without room on the disk', () => {
    const { code, output } = onHost(
      ['--user', '0:0'],
      'mkdir -p /tmp/bin; printf "#!/bin/sh\\necho head; echo x 1 1 1000 1 x\\n" >/tmp/bin/df; chmod +x /tmp/bin/df; PATH=/tmp/bin:$PATH sh scripts/up.sh',
    )

    expect(code).toBe(1)
    expect(output).toMatch(/GB free, and \d+ GB are needed\.\n\s+Remedy: Free some space/)
  })

  test('when a port is taken, before anything is built', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    writeFileSync(
      join(folder, '.env'),
      `COMPOSE_PROJECT_NAME=${process.env.COMPOSE_PROJECT_NAME}\nWEB_PORT=${port}\n`,
    )

    const result = spawnSync('sh', ['scripts/up.sh'], { cwd: folder, encoding: 'utf8' })

    server.close()
    expect(result.status).toBe(1)
    expect(result.stderr).toMatch(new RegExp(`Port ${port} on 127.0.0.1 is taken.*\n\\s+Remedy: .*WEB_PORT=`))
    expect(
      docker(
        'ps',
        '--all',
        '--quiet',
        '--filter',
        `label=com.docker.compose.project=${process.env.COMPOSE_PROJECT_NAME}`,
      ),
    ).toBe('')
  })
})

describe('secrets', () => {
  test('are made once and never overwritten', () => {
    const run = () => spawnSync('sh', ['scripts/secrets.sh'], { cwd: folder, encoding: 'utf8' }).stdout
    const first = run()
    const read = () => spawnSync('sh', ['-c', 'cat secrets/*'], { cwd: folder, encoding: 'utf8' }).stdout
    const before = read()

    const second = run()

    expect(first).toContain('secrets/auth_secret is made')
    expect(second).toContain('secrets/auth_secret is kept')
    expect(read()).toBe(before)
  })

  test('leave the SMTP password to a person, and keep what that person wrote', () => {
    const run = () => spawnSync('sh', ['scripts/secrets.sh'], { cwd: folder, encoding: 'utf8' }).stdout
    const file = join(folder, 'secrets/smtp_password')
    const before = run()

    writeFileSync(file, 'of my mail account')

    expect(before).toContain('secrets/smtp_password is empty: put your SMTP password there')
    expect(run()).toContain('secrets/smtp_password is kept')
    expect(readFileSync(file, 'utf8')).toBe('of my mail account')
  })
})

describe('doctor', () => {
  const secret = (name: string) => join(folder, 'secrets', name)
  const run = (script: string, environment: Record<string, string> = {}, ...words: string[]) =>
    spawnSync('sh', [`scripts/${script}.sh`, ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, COMPOSE_PROJECT_NAME: 'finity-nowhere', ...environment },
    })

  /** A folder of good secrets, whatever the test before did to it. */
  function makeSecrets(): void {
    rmSync(join(folder, 'secrets'), { recursive: true, force: true })
    rmSync(join(folder, '.env'), { force: true })
    run('secrets')
  }

  function plant(name: string, value: string): void {
    chmodSync(secret(name), 0o644)
    writeFileSync(secret(name), value)
  }

  test('finds nothing wrong on a good host without a stack', () => {
    makeSecrets()

    const { status, stdout } = run('doctor', { HTTP_PORT: '0', HTTPS_PORT: '0' })

    expect([status, stdout.match(/✗ .*/g)]).toEqual([0, null])
    expect(stdout).toMatch(/✓ secrets +12 in secrets, strong and private/)
  })

  test.each([
    ['a missing secret', () => rmSync(secret('auth_secret')), /auth_secret is missing\.\n.*bring it back/],
    [
      'a default one',
      () => plant('api_secret', 'development-only-api-secret-that-production-refuses'),
      /api_secret is the development value.*\n.*rotate -- token-secrets/,
    ],
    ['a short one', () => plant('auth_secret', 'abcdefghijklmnop'), /auth_secret is weak: 16 characters/],
    [
      'a monotonous one',
      () => plant('monitor_password', 'ab'.repeat(20)),
      /monitor_password is weak.*\n.*rotate -- database/,
    ],
    [
      'a key of the backups that is short',
      () => plant('backup_key', 'abcdefghijklmnop'),
      /backup_key is weak: 16 characters.*\n.*docs\/RUNBOOK\.md, "A new key"/,
    ],
    ['an old one', () => utimesSync(secret('redis_password'), 0, 0), /redis_password is older than a year/],
    [
      'a folder that all may read',
      () => chmodSync(join(folder, 'secrets'), 0o755),
      /secrets can be read by other users.*\n.*chmod 700/,
    ],
    [
      'a file that all may change',
      () => chmodSync(secret('auth_secret'), 0o666),
      /auth_secret can be changed by other users/,
    ],
    ...['auth_secret', 'smtp_password'].map((name): [string, () => void, RegExp] => [
      `a file that the services cannot read, ${name}`,
      () => chmodSync(secret(name), 0o600),
      RegExp(`${name} cannot be read by the services.*\\n.*chmod 444`),
    ]),
  ])('finds %s', (_fault, plantFault, finding) => {
    makeSecrets()
    plantFault()

    const { status, stdout } = run('doctor')

    expect(status).toBe(1)
    expect(stdout).toMatch(finding)
  })

  test('lets the key of the backups grow old, since another would read none of them', () => {
    makeSecrets()
    utimesSync(secret('backup_key'), 0, 0)

    const { stdout } = run('doctor')

    expect(stdout).not.toContain('backup_key')
  })

  test.each([
    ['SITE_ADDRESS', 'https://app.example.com'],
    ['WEB_PORT', '99999'],
    ['ACCESS_TOKEN_LIFETIME_SECONDS', '15m'],
    ['FRONTEND_URL', 'app.example.com'],
    ['SMTP_TLS', 'yes'],
    ['BACKUP_MODE', 'sync'],
    ['BACKUP_HOUR', '24'],
    ['BACKUP_FULL_DAY', 'Sunday'],
    ['ALERT_WEBHOOK_URL', 'hooks.example.com'],
  ])('finds a malformed %s', (name, value) => {
    const { status, stdout } = run('doctor', { [name]: value })

    expect(status).toBe(1)
    expect(stdout).toContain(`${name} is "${value}", which is not what it may be.`)
  })

  test('finds a setting that nobody reads', () => {
    writeFileSync(join(folder, '.env'), 'SITE_ADRESS=app.example.com\n')

    const { stdout } = run('doctor')

    rmSync(join(folder, '.env'))
    expect(stdout).toMatch(/! settings +SITE_ADRESS in \.env is no setting\.\n\s+Remedy: /)
  })
})

describe('rotate refuses', () => {
  const rotate = (what: string) =>
    spawnSync('sh', ['scripts/rotate.sh', what], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, COMPOSE_PROJECT_NAME: 'finity-nowhere' },
    })

  test('what there is not', () => {
    const { status, stderr } = rotate('coffee')

    expect(status).toBe(1)
    expect(stderr).toMatch(/nothing called "coffee" to rotate\.\n\s+Remedy: /)
  })

  test.each(['database', 'token-secrets'])('%s of a stack that does not run', (what) => {
    const { status, stderr } = rotate(what)

    expect(status).toBe(1)
    expect(stderr).toMatch(
      /is not running, and secrets are replaced under running services only\.\n\s+Remedy: /,
    )
  })
})

test('reset asks before it deletes, and does nothing when nobody answers', () => {
  const result = spawnSync('sh', ['scripts/reset.sh'], { cwd: folder, encoding: 'utf8', input: '' })

  expect(result.status).toBe(1)
  expect(result.stderr).toMatch(/Remedy: Run 'sh scripts\/reset\.sh --yes'/)
})
