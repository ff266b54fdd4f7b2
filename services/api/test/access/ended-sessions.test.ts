import { randomUUID } from 'node:crypto'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { startApi } from '../support/start-api.ts'

const api = await startApi()

function aTokenOfSession(sid: string): Promise<string> {
  return api.issuer.sign(randomUUID(), { sid })
}

async function statusOf(token: string): Promise<number> {
  return (await api.send('/api/documents', { token })).status
}

test('takes no token of a session that ended, seconds later and for good, also while auth is away', async () => {
  const sid = randomUUID()
  const token = await aTokenOfSession(sid)
  const before = await statusOf(token)

  api.issuer.endSession(sid)
  await expect.poll(() => statusOf(token), { timeout: 5_000 }).toBe(401)
  api.issuer.setAway(true)
  const after = await api.send('/api/documents', { token })
  const others = await statusOf(await aTokenOfSession(randomUUID()))
  api.issuer.setAway(false)

  expect(before).toBe(200)
  expectProblem(after, 401, 'Unauthorized')
  expect(others).toBe(200)
})
