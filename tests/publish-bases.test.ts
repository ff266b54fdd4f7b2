import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { baseImage } from './support/built-images.ts'
import { startPlainRegistry } from './support/publish.ts'
import { place, push } from './support/registry.ts'
import { project, run } from './support/releases.ts'
import { docker, folder, readFile } from './support/stack.ts'

// A copy whose base image of Redis is one of its own, with the digest that a registry gave it.
const registry = await startPlainRegistry(join(place, 'bases'))
const prefix = `${registry.address}/${project.replace(/-[a-z]+$/, '')}/`
const name = `${prefix}redis:8`
const copy = mkdtempSync(join(folder, '.finity/pinned-'))
let pinned: string

/** An image that runs Redis, and says what it is. */
function makeBase(kind: string, label = ''): void {
  const context = mkdtempSync(join(folder, '.finity/base-'))
  writeFileSync(join(context, 'kind'), kind)
  writeFileSync(
    join(context, 'Dockerfile'),
    `FROM ${baseImage('docker/redis/Dockerfile')}\nLABEL finity.stand-in="${label}"\nCOPY kind /usr/share/\n`,
  )
  docker('build', '--quiet', '--tag', name, context)
}

/** Builds Redis as each verb builds. */
const build = () => run('sh', [join(copy, 'scripts/build.sh')])

/** Which base the built image has, and whether it says that something stands in for another. */
function built() {
  const image = `${prefix}finity-redis:latest`
  const label = docker('image', 'inspect', '--format', '{{index .Config.Labels "finity.stand-in"}}', image)
  return {
    base: docker('run', '--rm', '--network', 'none', image, 'cat', '/usr/share/kind'),
    saysSo: label.trim() !== '',
  }
}

type Service = { image?: string; build?: { additional_contexts?: Record<string, string> } }

const ofDevelopment = (): Record<string, Service> =>
  JSON.parse(
    docker(
      'compose',
      ...['compose/base.yml', 'compose/dev.yml', '.finity/stand-ins.yml'].flatMap((file) => [
        '-f',
        join(copy, file),
      ]),
      ...['config', '--format', 'json'],
    ),
  ).services

beforeAll(() => {
  makeBase('official')
  pinned = `${name}@${push(name).split('@')[1]}`
  docker('image', 'rm', '--force', docker('image', 'inspect', '--format', '{{.Id}}', name).trim())
  for (const part of ['scripts', 'docker', 'compose', 'docker-bake.hcl'])
    cpSync(join(folder, part), join(copy, part), { recursive: true })
  const base = /^FROM (redis:\S+)/m.exec(readFile('docker/redis/Dockerfile'))?.[1] ?? ''
  for (const file of ['docker/redis/Dockerfile', 'compose/base.yml'])
    writeFileSync(join(copy, file), readFile(file).replace(base, pinned))
  // As somebody who may not build base images.
  writeFileSync(
    join(copy, 'scripts/build.sh'),
    `. "$(dirname "$0")/lib/prepare.sh"\nid() { echo 1000; }\nprepare_host\nREGISTRY=${prefix} docker buildx bake --progress plain redis\n`,
  )
})

afterAll(() => {
  registry.stop()
  docker('image', 'rm', '--force', name)
})

test('where a registry answers, images are built on the very digest that a FROM line names', async () => {
  const { code, output } = await build()

  expect(code, output).toBe(0)
  expect(built().base).toBe('official')
})

test('where none answers, a stand-in takes the place of that digest, and what is built on it says so', async () => {
  registry.stop()
  docker('image', 'rm', '--force', pinned)
  makeBase('stand-in', 'made by this test')

  const { code, output } = await build()

  expect(code, output).toBe(0)
  expect(built()).toEqual({ base: 'stand-in', saysSo: true })
  const services = ofDevelopment()
  const builds = Object.values(services).flatMap(({ build }) => build ?? [])
  expect(services.redis?.image).toBe(name)
  expect(builds.map((build) => build.additional_contexts)).toEqual(
    builds.map(() => ({ [pinned]: `docker-image://${name}` })),
  )
})

test('an image of that name that is no stand-in takes no place of a digest', async () => {
  makeBase('something else')

  const { code, output } = await build()

  expect(code).toBe(1)
  expect(output).toContain('No image registry answers')
})
