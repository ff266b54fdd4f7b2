import { expect, test } from 'vitest'
import { healthRoutes, type ReadinessCheck } from '../src/http/health-routes.ts'
import { newLifecycle } from '../src/process/lifecycle.ts'
import { expectProblem } from '../testing/expect-problem.ts'
import { serveRoutes } from './support/serve-routes.ts'

async function aServiceWith(database: ReadinessCheck) {
  const lifecycle = newLifecycle()
  const { send } = await serveRoutes(healthRoutes({ lifecycle, checks: { database }, timeoutMs: 50 }))
  return { send, lifecycle }
}

test('is ready when what it depends on answers', async () => {
  const { send } = await aServiceWith(async () => 'here')

  expect(await send('/ready')).toMatchObject({ status: 200, body: { status: 'ready' } })
})

test.each<[string, ReadinessCheck]>([
  ['fails', () => Promise.reject(new Error('gone'))],
  ['hangs', () => new Promise(() => {})],
])('is alive but not ready when its database %s', async (_case, check) => {
  const { send } = await aServiceWith(check)

  const [alive, ready] = [await send('/health'), await send('/ready')]

  expect(alive.status).toBe(200)
  expectProblem(ready, 503, 'NOT_READY')
})

test('asks its database once for all who want to know meanwhile', async () => {
  let asked = 0
  const { send } = await aServiceWith(async () => {
    asked += 1
    await new Promise((resolve) => setTimeout(resolve, 40))
  })

  const answers = await Promise.all(Array.from({ length: 10 }, () => send('/ready')))

  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  expect(asked).toBeLessThan(5)
})

test('is not ready from the moment it drains', async () => {
  const { send, lifecycle } = await aServiceWith(async () => 'here')
  lifecycle.isDraining = true

  const answer = await send('/ready')

  expectProblem(answer, 503, 'DRAINING')
})
