import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { composeConfig, composeFile, folder, readFile, type ServiceConfig } from './support/stack.ts'

const jobs = ['auth-migrate', 'api-migrate', 'demo']
const dev = composeConfig('dev')
const prod = composeConfig('prod')
const both = { dev, prod }
const longRunning = (services: Record<string, ServiceConfig>) =>
  Object.entries(services).filter(([name]) => !jobs.includes(name))

describe('base.yml', () => {
  test('publishes no port', () => {
    const published = Object.values(composeFile('base').services).flatMap((service) => service.ports ?? [])

    expect(published).toEqual([])
  })

  test('holds no secret and no password', () => {
    const merged = JSON.stringify(composeFile('base'))

    expect(merged).not.toMatch(/password|secret/i)
  })
})

describe.each(Object.entries(both))('%s', (_, stack) => {
  test('is the project finity, with finity-network and postgres_data', () => {
    expect(stack.networks.app?.name).toMatch(/-network$/)
    expect(stack.volumes).toHaveProperty('postgres_data')
  })

  test('names no container, so that two stacks fit on one host', () => {
    const named = Object.values(stack.services).filter((service) => service.container_name)

    expect(named).toEqual([])
  })

  test('mounts no Docker socket', () => {
    expect(JSON.stringify(stack)).not.toContain('docker.sock')
  })

  test('checks the health of every service by address, often while it starts', () => {
    const checked = longRunning(stack.services).filter(([name]) => name !== 'pgadmin')

    for (const [name, service] of checked) {
      expect(service.healthcheck?.start_interval, name).toMatch(/^(200ms|500ms|1s)$/)
      expect(
        JSON.stringify([service.healthcheck?.test, service.environment?.HEALTH_URL]),
        name,
      ).not.toContain('localhost')
    }
  })

  test('keeps the data network closed to the outside and to the web', () => {
    expect(stack.networks.data?.internal).toBe(true)
    // In production the edge has the network of its gate.
    const { web, gate } = stack.services
    expect(Object.keys((gate ?? web)?.networks ?? {})).toEqual(gate ? ['app', 'public'] : ['app'])
  })

  test('lets no service wait for Redis, which may be away', () => {
    const waiting = Object.values(stack.services).filter((service) => service.depends_on?.redis)

    expect(waiting).toEqual([])
  })

  test('gives no service the superuser', () => {
    const urls = Object.values(stack.services).map((service) => service.environment?.DATABASE_URL ?? '')

    expect(urls.filter((url) => /\/\/postgres[@:]/.test(url))).toEqual([])
  })
})

describe('development', () => {
  test('publishes on 127.0.0.1 only', () => {
    const ports = Object.values(dev.services).flatMap((service) => service.ports ?? [])

    expect(ports.filter((port) => port.host_ip !== '127.0.0.1')).toEqual([])
  })

  test('mounts the sources read-only', () => {
    const mounts = Object.values(dev.services).flatMap((service) => service.volumes ?? [])

    expect(mounts.filter((mount) => mount.type === 'bind' && !mount.read_only)).toEqual([])
  })
})

describe('production', () => {
  test('publishes the gate of the edge only', () => {
    const publishing = Object.entries(prod.services).filter(([, service]) => service.ports?.length)

    expect(publishing.map(([name]) => name)).toEqual(['gate'])
  })

  test.each(
    Object.entries(prod.services),
  )('%s has a read-only root, no capability and limits', (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    })
    expect([service.mem_limit, service.cpus, service.pids_limit]).not.toContain(undefined)
    expect(service.logging?.options).toHaveProperty('max-size')
  })

  test('takes every secret from a file', () => {
    const values = Object.values(prod.services).flatMap((service) =>
      Object.entries(service.environment ?? {}),
    )
    const secrets = values.filter(([name]) => /SECRET|PASSWORD|KEY(?!_ID)/.test(name))

    expect(
      secrets.filter(([name, value]) => !name.endsWith('_FILE') || !value?.startsWith('/run/secrets/')),
    ).toEqual([])
  })

  test.each([
    ['backups', ['backup', 'db']],
    ['postgres_socket', ['backup', 'db']],
    ['postgres_data', ['backup', 'db']],
    ['wal_tail', ['backup']],
  ])('has the volume %s where it is needed and nowhere else', (name, expected) => {
    const having = Object.entries(prod.services).filter(([, { volumes = [] }]) =>
      volumes.some(({ source }) => source === name),
    )

    expect(having.map(([service]) => service).sort()).toEqual(expected)
  })

  test('lets the sidecar of the backups write beside the data, and not to it', () => {
    const mounts = (prod.services.backup?.volumes ?? []).filter(({ source }) => source === 'postgres_data')

    const written = mounts.filter((mount) => !mount.read_only)
    expect(written.map(({ volume }) => volume?.subpath)).toEqual(['restore'])
  })
})

test('every Dockerfile builds on the same Node', () => {
  const files = readdirSync(join(folder, 'docker'))
    .filter((file) => file.endsWith('.Dockerfile'))
    .map((file) => `docker/${file}`)

  const bases = [...files, '.devcontainer/Dockerfile'].flatMap((file) =>
    [...readFile(file).matchAll(/^FROM (?:--platform=\S+ )?(node:\S+)/gm)].map(([, base]) => base),
  )

  expect(bases.length).toBeGreaterThan(1)
  expect(new Set(bases).size).toBe(1)
})

test('the lockfile names no registry', () => {
  const places = [...readFile('package-lock.json').matchAll(/"resolved": "(.*)"/g)].map(
    ([, place = '']) => place,
  )

  expect(places.filter((place) => place.includes(':'))).toEqual([])
})

test('the stack of development runs the Redis that production builds on', () => {
  const [, base] = /^FROM (\S+)/m.exec(readFile('docker/redis/Dockerfile')) ?? []

  const named = readdirSync(join(folder, 'compose'))
    .filter((file) => file.endsWith('.yml'))
    .flatMap((file) => readFile(`compose/${file}`).match(/(?<= image: )redis:\S+/g) ?? [])

  expect(new Set(named)).toEqual(new Set([base]))
})

test('.env.example explains exactly the settings that the compose files and the verbs read', () => {
  const read = [
    ...namesIn('compose', '.yml', /\$\{([A-Z0-9_]+)/g),
    ...namesIn('scripts', '.sh', /\$\(setting ([A-Z0-9_]+)/g),
    ...namesIn('scripts/lib', '.sh', /\$\(setting ([A-Z0-9_]+)/g),
  ]
  const explained = [...readFile('.env.example').matchAll(/^#? ?([A-Z0-9_]+)=/gm)].map((match) => match[1])

  expect([...new Set(explained)].sort()).toEqual([...new Set(read)].sort())
})

const namesIn = (place: string, ending: string, pattern: RegExp) =>
  readdirSync(join(folder, place))
    .filter((file) => file.endsWith(ending))
    .flatMap((file) => [...readFile(`${place}/${file}`).matchAll(pattern)].map((match) => match[1]))
