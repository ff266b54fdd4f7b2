import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  deploy,
  imageOf,
  makeImage,
  makeRelease,
  project,
  released,
  releaseFirst,
  removeJournal,
  rollback,
  run,
  runningIds,
  runningImage,
  runningImages,
  underLoad,
  withSettings,
} from './support/releases.ts'
import { compose, composeConfig, docker, folder, until } from './support/stack.ts'

beforeAll(releaseFirst, 300_000)
afterAll(removeJournal)

describe('a deploy', () => {
  test('changes nothing when there is no such image, and says so', async () => {
    const before = runningIds()

    const { code, output } = await deploy('v404')

    expect(code).toBe(1)
    expect(output).toContain(`There is no image ${imageOf('auth', 'v404')}`)
    expect(runningIds()).toEqual(before)
  })

  test.each([
    ['LOG_LEVEL=loud', 'auth refuses its settings'],
    ['SITE_ADDRESS={', 'The edge refuses its configuration'],
    ['SITE_ADDRESS=https://shop.example.com', 'which is no name'],
    ['PLANS={', 'api refuses its settings'],
    ['BACKUP_HOUR=25', 'backup refuses its settings'],
  ])('changes nothing when %s makes no sense, and says so', async (line, sentence) => {
    const before = runningIds()
    makeRelease('sound')

    const { code, output } = await withSettings(line, () => deploy('sound'))

    expect(code).toBe(1)
    expect(output).toContain(sentence)
    expect(runningIds()).toEqual(before)
  })

  test('changes nothing when a secret is missing, and says so', async () => {
    const before = runningIds()
    const file = join(folder, 'secrets/redis_password')
    const secret = readFileSync(file)
    makeRelease('sound')

    rmSync(file)
    const { code, output } = await deploy('sound').finally(() => writeFileSync(file, secret, { mode: 0o444 }))

    expect(code).toBe(1)
    expect(output).toContain('redis_password')
    expect(runningIds()).toEqual(before)
  })

  test('changes nothing when a port of the edge is taken, and says so', async () => {
    const taken = createServer().listen(0)
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const stack = `${project}-beside`

    const { code, output } = await run('env', [
      `COMPOSE_PROJECT_NAME=${stack}`,
      `HTTPS_PORT=${port}`,
      'sh',
      'scripts/deploy.sh',
      'v1',
    ]).finally(() => taken.close())

    expect(code).toBe(1)
    expect(output).toMatch(
      new RegExp(`The ports of the edge cannot be had: .*${port}.*\\n\\s+Remedy: Stop what uses them`),
    )
    expect(docker('ps', '--quiet', '--filter', `label=com.docker.compose.project=${stack}`)).toBe('')
  })

  test('of an api that ends at its start gives way to the release before, and drops no request', async () => {
    const before = runningImages()
    makeRelease('stillborn', { api: ['CMD ["missing.js"]'] })

    const { during, run: result } = await underLoad(() => deploy('stillborn'))

    expect(result.code).toBe(1)
    expect(result.output).toMatch(/The new api did not become healthy[\s\S]*runs as before/)
    expect([during.failed, during.lost, runningImages()]).toEqual([[], 0, before])
  }, 300_000)

  test('of an api that is healthy and ends then gives way to the release before', async () => {
    const before = runningImages()
    makeRelease('short-lived', {
      api: [`CMD ["--eval", "setTimeout(() => process.exit(7), 4000); import('/app/main.js')"]`],
    })

    const { code, output } = await deploy('short-lived')

    expect(code).toBe(1)
    expect(output).toContain('runs as before')
    expect(runningImages()).toEqual(before)
  })

  test('of an api that answers with failures gives way to the release before', async () => {
    const before = runningImages()
    // It loses its database some seconds after it was found healthy.
    const cutOff = `const { Socket } = require('net'); const { write } = Socket.prototype; const from = Date.now() + 6000; Socket.prototype.write = function (data, ...rest) { return Date.now() > from && this.remotePort === 5432 ? !this.destroy() : write.call(this, data, ...rest) }`
    makeRelease('failing', { api: [`CMD ["--eval", "${cutOff}; import('/app/main.js')"]`] })

    const { run: result } = await underLoad(() => deploy('failing'))

    expect(result.code).toBe(1)
    expect(result.output).toMatch(/runs as before[\s\S]*The new api answers with failures \(5xx\)/)
    expect(runningImages()).toEqual(before)
  }, 300_000)

  test('replaces a container that has been restarted since, and drops no request', async () => {
    makeRelease('restarted')
    await deploy('restarted')
    const [, before = ''] = runningIds()
    docker('exec', before, 'node', '--eval', 'process.kill(1)')
    await until(
      async () =>
        docker('inspect', '--format', '{{.RestartCount}} {{.State.Health.Status}}', before).trim() ===
        '1 healthy',
      60_000,
    )

    const { during, run: result } = await underLoad(() => deploy('restarted'))

    expect(result.code, result.output).toBe(0)
    expect([during.failed, during.lost]).toEqual([[], 0])
    expect(runningIds()[1]).not.toBe(before)
  }, 300_000)

  test('takes up a secret that was written since, and leaves the services that do not have it', async () => {
    const [auth, api] = runningIds()
    const file = join(folder, 'secrets/smtp_password')
    rmSync(file)
    writeFileSync(file, 'given later', { mode: 0o444 })

    const { code, output } = await deploy('restarted').finally(() => {
      rmSync(file)
      writeFileSync(file, '', { mode: 0o444 })
    })
    const [authNow, apiNow] = runningIds()

    expect(code, output).toBe(0)
    expect([authNow === auth, apiNow === api]).toEqual([false, true])
  })

  test('that was killed half-way is completed by the next', async () => {
    await killHalfWay('interrupted')

    const { code, output } = await deploy('interrupted')

    expect(code, output).toBe(0)
    expect(runningImages()).toEqual(released('interrupted'))
  })

  test('does not wait for an old container that hangs', async () => {
    makeRelease('after-a-hang')
    await hang('api')

    const { code, output } = await deploy('after-a-hang')

    expect(code, output).toBe(0)
    expect(runningImages()).toEqual(released('after-a-hang'))
  }, 400_000)

  test('whose settings are at fault says that there is nothing to bring back, and the old container serves on', async () => {
    makeRelease('moody', {
      api: [`CMD ["--eval", "process.env.LOG_LEVEL === 'warn' ? process.exit(7) : import('/app/main.js')"]`],
    })
    await deploy('moody')
    const before = runningIds()

    const { code, output } = await withSettings('LOG_LEVEL=warn', () => deploy('moody'))

    expect(code).toBe(1)
    expect(output).toMatch(/there is nothing to bring back[\s\S]*Take back what was changed in \.env/)
    expect(runningIds()[1]).toBe(before[1])
  })

  test('leaves each service the share of the processors that the settings give it', () => {
    const shares = runningIds().map((id) =>
      docker('inspect', '--format', '{{.HostConfig.CpuShares}}', id).trim(),
    )

    expect(shares).toEqual(['512', '512', '1024'])
  })

  test('waits for no other: a second one at the same time is refused', async () => {
    makeRelease('twice')

    const [first, second] = await Promise.all([
      deploy('twice'),
      until(locked, 120_000).then(() => deploy('twice')),
    ])

    expect(first.code, first.output).toBe(0)
    expect(second.code).toBe(1)
    expect(second.output).toContain('Another deploy is under way')
  })
})

test('a deploy that changes the database is refused while no backup was proven, unless that is said', async () => {
  makeMigration('expanding', 'expand', '20981231000000_expand')
  compose('prod', 'stop', 'backup')

  const refused = await deploy('expanding')
  const allowed = await deploy('expanding', '--without-backup')

  expect([refused.code, allowed.code], allowed.output).toEqual([1, 0])
  expect(refused.output).toContain('no backup was proven lately')
}, 300_000)

describe('beside a database of before there were backups', () => {
  afterAll(() => void compose('prod', 'up', '--detach', '--wait', '--no-deps', 'db'))

  test('a deploy leaves it alone, and says how backups begin', async () => {
    startDatabaseOfBefore()
    makeRelease('first-with-backups')
    const before = compose('prod', 'ps', '--quiet', 'db')

    const { code, output } = await deploy('first-with-backups')

    expect(code, output).toBe(0)
    expect(output).toMatch(/Backups begin when the database is started anew: .* up -d db backup/)
    expect(compose('prod', 'ps', '--quiet', 'db')).toBe(before)
  })
})

/** It does not know the repository. */
function startDatabaseOfBefore(): void {
  const mounts = composeConfig('prod').services.db?.volumes?.filter(({ target }) => target !== '/backups')
  const overlay = '.finity/before.yml'
  writeFileSync(join(folder, overlay), `services: { db: { volumes: !override ${JSON.stringify(mounts)} } }`)
  const files = ['compose/base.yml', 'compose/prod.yml', overlay].flatMap((file) => ['-f', file])
  docker('compose', ...files, 'up', '--detach', '--wait', '--no-deps', 'db')
}

/** A release whose api changes the database. */
function makeMigration(
  tag: string,
  kind: 'contract' | 'expand',
  migration: string,
  lines: string[] = [],
): void {
  makeRelease(tag)
  makeImage('api', tag, [`COPY migration.sql /app/prisma/migrations/${migration}/`, ...lines], {
    'migration.sql': `-- ${kind}: of a test\nselect 1;\n`,
  })
}

/** While the new auth runs beside the old one. */
async function killHalfWay(tag: string): Promise<void> {
  makeRelease(tag)
  const child = spawn('sh', ['scripts/deploy.sh', tag], { cwd: folder, stdio: 'ignore', detached: true })
  await until(async () => compose('prod', 'ps', '--quiet', 'auth').trim().split('\n').length > 1, 120_000)
  process.kill(-(child.pid ?? 0), 'SIGKILL')
  await until(async () => docker('ps', '--quiet', '--filter', `name=${project}-deploy`) === '', 60_000)
}

/** Its process stands still, as one in an endless loop does, until the engine has noticed. */
async function hang(service: string): Promise<void> {
  const id = compose('prod', 'ps', '--quiet', service).trim()
  docker('kill', '--signal', 'STOP', id)
  const health = () => docker('inspect', '--format', '{{.State.Health.Status}}', id).trim()
  await until(async () => health() === 'unhealthy', 180_000)
}

/** As a disk that is full leaves it. */
function cutJournalShort(): void {
  const script = 'fs.appendFileSync("/journal/releases.jsonl", `{"time":"2026`)'
  docker(
    'run',
    '--rm',
    '--network',
    'none',
    '--volume',
    `${project}_releases:/journal`,
    imageOf('auth', 'v1'),
    '--eval',
    script,
  )
}

const locked = async () => docker('ps', '--quiet', '--filter', `name=${project}-deploy`) !== ''

describe('a rollback', () => {
  test('brings the release before back in one command, and drops no request', async () => {
    makeRelease('good')
    makeRelease('regretted')
    await deploy('good')
    await deploy('regretted')

    const { during, run: result } = await underLoad(() => rollback())

    expect(result.code, result.output).toBe(0)
    expect(result.output).toContain('The database suits good too')
    expect([during.failed, during.lost]).toEqual([[], 0])
    expect(runningImages()).toEqual(released('good'))
    expect(runningImage('backup')).toBe(imageOf('backup', 'good'))
    console.info(`Rolled back in ${result.seconds} s`)
  }, 300_000)

  test('from a deploy that was killed leads to the release that was completed last', async () => {
    makeRelease('complete')
    await deploy('complete')
    await killHalfWay('half-done')

    const { code, output } = await rollback()

    expect(code, output).toBe(0)
    expect(runningImages()).toEqual(released('complete'))
  }, 300_000)

  test('finds its way though the last line of the journal was cut short', async () => {
    const before = runningImages()
    makeRelease('on-a-full-disk')
    await deploy('on-a-full-disk')
    cutJournalShort()

    const { code, output } = await rollback()

    expect(code, output).toBe(0)
    expect(runningImages()).toEqual(before)
  }, 300_000)

  test('is refused when the database has gone where that release may not follow, as is said before', async () => {
    makeMigration('contract', 'contract', '20990101000000_contract')

    const unaware = await deploy('contract')
    const aware = await deploy('contract', '--contract')
    const back = await rollback()

    expect(unaware.output).toContain('the way back, may still use: api/20990101000000_contract')
    expect([unaware.code, aware.code, back.code]).toEqual([1, 0, 1])
    expect(back.output).toContain('may not follow: api/20990101000000_contract')
  })

  test('does not come by itself where it may not lead, however often that release fails', async () => {
    makeMigration('twice-stillborn', 'contract', '20990102000000_contract', ['CMD ["missing.js"]'])

    const first = await deploy('twice-stillborn', '--contract')
    const second = await deploy('twice-stillborn')

    expect([first.code, second.code]).toEqual([1, 1])
    for (const { output } of [first, second]) expect(output).toContain('so it is not brought back')
  })
})

test('plain "docker compose up" drops no request of auth and api either', async () => {
  makeRelease('plain')
  const words = [
    'compose',
    '-f',
    'compose/base.yml',
    '-f',
    'compose/prod.yml',
    'up',
    '--detach',
    '--no-deps',
    '--wait',
    'auth',
    'api',
  ]

  const { during, run: result } = await underLoad(() => run('docker', words, 'plain'))

  expect(result.code, result.output).toBe(0)
  expect([during.failed, during.lost]).toEqual([[], 0])
})

test('after so many releases the images of the last five are kept, and no others', () => {
  const kept = docker(
    'image',
    'ls',
    '--format',
    '{{.Tag}}',
    '--filter',
    `reference=${imageOf('api', 'release-*')}`,
  )

  expect(kept.trim().split('\n')).toHaveLength(5)
})

test('the first deploy of a stack that plain "docker compose up" has started goes back to what that was', async () => {
  await removeJournal()
  const imageIds = () => runningIds().map((id) => docker('inspect', '--format', '{{.Image}}', id))
  const before = imageIds()
  makeRelease('first', { api: ['CMD ["missing.js"]'] })

  const { code, output } = await deploy('first')

  expect(code).toBe(1)
  expect(output).toContain('runs as before')
  expect(imageIds()).toEqual(before)
}, 300_000)
