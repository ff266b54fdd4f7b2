import { spawn } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  beside,
  deploy,
  imageOf,
  makeImage,
  makeRelease,
  project,
  released,
  rollback,
  run,
  runningIds,
  runningImage,
  runningImages,
  startWarmLoad,
  tagImages,
  underLoad,
  withSettings,
} from './support/releases.ts'
import { compose, composeConfig, docker, folder, until } from './support/stack.ts'

beforeAll(async () => {
  tagImages('v1')
  const first = await deploy('v1')
  if (first.code !== 0) throw new Error(first.output)
}, 300_000)

afterAll(() => {
  docker('volume', 'rm', '--force', `${project}_releases`)
})

describe('a deploy', () => {
  test('of every service drops no request and loses no write', async () => {
    const deploys = Number(process.env.DEPLOYS ?? 1)
    for (let number = 1; number <= deploys; number += 1) makeRelease(`load-${number}`)
    const load = await startWarmLoad()
    const rows = []

    for (let number = 1; number <= deploys; number += 1) {
      const { steady, during, run: result } = await beside(load, () => deploy(`load-${number}`))
      rows.push({
        deploy: number,
        code: result.code,
        seconds: result.seconds,
        requests: during.sent - steady.sent,
        failed: steady.failed.length + during.failed.length,
        'api p99 before': steady.p99Ms.api,
        'api p99 during': during.p99Ms.api,
        'auth p99 before': steady.p99Ms.auth,
        'auth p99 during': during.p99Ms.auth,
      })
      console.table(rows.slice(-1))
      if (result.code !== 0) console.info(result.output)
      for (const failure of [...steady.failed, ...during.failed]) console.info(failure)
    }
    const { lost, failed } = await load.stop()

    console.table(rows)
    console.info(`Acknowledged documents that are gone: ${lost}`)
    expect(rows.filter(({ code, failed }) => code !== 0 || failed > 0)).toEqual([])
    expect([lost, failed]).toEqual([0, []])
    expect(runningImages()).toEqual(released(`load-${deploys}`))
    expect(runningImage('backup')).toBe(imageOf('backup', `load-${deploys}`))
  }, 7_200_000)

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

  test('that was killed half-way is completed by the next', async () => {
    await killHalfWay('interrupted')

    const { code, output } = await deploy('interrupted')

    expect(code, output).toBe(0)
    expect(runningImages()).toEqual(released('interrupted'))
  })

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

/** A release whose api takes something away from the database. */
function makeContract(tag: string, migration: string, lines: string[] = []): void {
  makeRelease(tag)
  makeImage('api', tag, [`COPY migration.sql /app/prisma/migrations/${migration}/`, ...lines], {
    'migration.sql': '-- contract: of a test\nselect 1;\n',
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

  test('is refused when the database has gone where that release may not follow, as is said before', async () => {
    makeContract('contract', '20990101000000_contract')

    const unaware = await deploy('contract')
    const aware = await deploy('contract', '--contract')
    const back = await rollback()

    expect(unaware.output).toContain('the way back, may still use: api/20990101000000_contract')
    expect([unaware.code, aware.code, back.code]).toEqual([1, 0, 1])
    expect(back.output).toContain('may not follow: api/20990101000000_contract')
  })

  test('does not come by itself where it may not lead, however often that release fails', async () => {
    makeContract('twice-stillborn', '20990102000000_contract', ['CMD ["missing.js"]'])

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
