import { afterAll, describe, expect, test } from 'vitest'
import { holdStack, inspect, letJobsGo } from './support/rules-gather.ts'
import { docker, until } from './support/stack.ts'

const megabyte = 1024 * 1024
const all = holdStack()
const services = all.filter(({ isJob }) => !isJob)
const nodeServices = all.filter(({ service }) => /^(auth|api|backup)/.test(service))
const idOf = (service: string) => services.find((subject) => subject.service === service)?.id ?? ''

afterAll(() => letJobsGo(all))

const startedAt = () => inspect(services.map(({ id }) => id)).map(({ State }) => State.StartedAt)
const isHealthy = (id: string) => inspect([id])[0]?.State.Health?.Status === 'healthy'

/** Runs a program in the container of a service, beside what it serves with. */
const runInside = (service: string, ...program: string[]) => docker('exec', idOf(service), ...program)

describe.each(nodeServices)('$service', ({ id }) => {
  test('has a heap that leaves room within its limit', () => {
    const heap = Number(docker('exec', id, 'node', '--print', 'v8.getHeapStatistics().heap_size_limit'))

    const limit = inspect([id])[0]?.HostConfig.Memory ?? 0
    expect(heap).toBeLessThan(limit * 0.6)
  })
})

test('a service that runs out of memory comes back, and takes no other with it', async () => {
  const before = startedAt()
  const api = services.findIndex(({ service }) => service === 'api')
  const fillMemory = `require('node:fs').writeFileSync('/proc/1/oom_score_adj', '1000')
    const held = []; for (;;) held.push(Buffer.alloc(${megabyte}, 1))`

  const outcome = attempt(() => runInside('api', 'node', '--eval', fillMemory))
  const backAfterMs = await until(
    async () => startedAt()[api] !== before[api] && isHealthy(idOf('api')),
    60_000,
  )

  console.info(`api was healthy again ${backAfterMs} ms after it was ended`)
  const after = startedAt()
  expect(outcome).toBe('ended')
  expect(after.toSpliced(api, 1)).toEqual(before.toSpliced(api, 1))
})

test('a fork bomb stops at the limit of its container, which goes on serving', async () => {
  const limit = inspect([idOf('db')])[0]?.HostConfig.PidsLimit ?? 0
  const bomb = `for i in $(seq ${limit}); do sleep 2 & done`

  const outcome = attempt(() => runInside('db', 'sh', '-c', bomb))
  const processes = docker('top', idOf('db'), '-o', 'pid').trim().split('\n').length - 1
  await until(async () => runInside('db', 'pg_isready').includes('accepting'))

  expect(outcome).toBe('ended')
  expect(processes).toBeLessThanOrEqual(limit)
})

function attempt(run: () => string): string {
  try {
    return run()
  } catch {
    return 'ended'
  }
}
