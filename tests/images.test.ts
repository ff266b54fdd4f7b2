import { describe, expect, test } from 'vitest'
import { built, type File, filesOf } from './support/built-images.ts'
import { docker, until } from './support/stack.ts'

const services = ['auth', 'api']
const shells = ['sh', 'bash', 'dash', 'busybox']
const installers = ['apt', 'apt-get', 'dpkg', 'apk', 'npm', 'npx', 'yarn', 'curl']
const runtimes = [
  ...[...services, 'web', 'gate'].map((name) => ({
    name,
    user: '65532:65532',
    unwanted: [...shells, ...installers],
  })),
  // A script asks it.
  { name: 'cosign', user: '65532:65532', unwanted: ['sh', 'bash', 'busybox', ...installers] },
  // The image of the database and more. PostgreSQL runs its restore command by a shell.
  { name: 'backup', user: 'postgres', unwanted: installers },
]
const megabyte = 1_000_000

const inspect = (image: string) => JSON.parse(docker('image', 'inspect', image))[0]

describe.each(runtimes)('finity-$name', ({ name, user, unwanted }) => {
  const image = built(name)
  const files = filesOf(image)

  test(`runs as ${user}`, () => {
    expect(inspect(image).Config.User).toBe(user)
  })

  test('has no shell that it does not need, no package manager and no download tool but its health check', () => {
    const programs = files
      .filter(({ path }) => /(^|\/)s?bin\//.test(path))
      .map(({ path }) => path.split('/').at(-1))

    expect(programs.filter((program) => unwanted.includes(program ?? ''))).toEqual([])
  })

  test('has no setuid file', () => {
    expect(files.filter((file) => /^-..s|^-.....s/.test(file.mode))).toEqual([])
  })

  test('carries no secret in its history', () => {
    const history = docker('history', '--no-trunc', image)

    expect(history).not.toMatch(/_authToken|PASSWORD=|SECRET=/)
  })
})

describe.each([
  ['auth', 20],
  ['api', 40],
])('finity-%s', (name, budget) => {
  const image = built(name)

  test(`adds at most ${budget} MB to the Node binary, besides the texts of licences`, () => {
    const files = filesOf(image).filter(({ path }) => !path.startsWith('usr/share/'))
    const node = files.find((file) => file.path === 'usr/local/bin/node')?.size ?? 0
    const total = files.reduce((sum, file) => sum + file.size, 0)

    console.info(
      `finity-${name}: ${(total / megabyte).toFixed(1)} MB, of which Node ${(node / megabyte).toFixed(1)} MB`,
    )
    expect((total - node) / megabyte).toBeLessThan(budget)
  })

  test('holds no TypeScript source', () => {
    const sources = filesOf(image).filter((file) => /\.tsx?$/.test(file.path))

    expect(sources).toEqual([])
  })
})

test('finity-backup adds at most 30 MB to the database image and the Node binary', () => {
  const sizeOf = (files: File[]) => files.reduce((sum, { size }) => sum + size, 0)
  const files = filesOf(built('backup'))
  const node = files.find(({ path }) => path === 'usr/local/bin/node')?.size ?? 0

  const added = (sizeOf(files) - sizeOf(filesOf(built('postgres'))) - node) / megabyte

  console.info(`finity-backup: ${added.toFixed(1)} MB more than the database image and Node`)
  expect(node).toBeGreaterThan(0)
  expect(added).toBeLessThan(30)
})

test('finity-web tells the app the name of the installation, whatever characters it has', async () => {
  const name = 'A "quoted" \\ <b>name</b> {env.PATH} {{now}} {$HOME} ü\n'
  const container = docker('run', '--detach', '--env', `SITE_NAME=${name}`, built('web')).trim()
  const read = () => docker('exec', container, 'wget', '-qO-', 'http://127.0.0.1:2080/settings.json')

  await until(async () => read() !== '')
  const settings = JSON.parse(read())

  docker('rm', '--force', '--volumes', container)
  expect(settings).toEqual({ site_name: name, support_email: '', release: 'latest' })
})

test('all Node services share their lower layers', () => {
  const [auth, api] = services.map((name) => inspect(built(name)).RootFS.Layers)

  expect(api[0]).toBe(auth[0])
})
