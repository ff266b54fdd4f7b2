import { randomUUID } from 'node:crypto'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { createLocalJWKSet } from 'jose'
import { afterAll, expect, test, vi } from 'vitest'
import { createTokenVerifier } from '../../src/access/verify-token.ts'
import { anIssuer } from '../support/issuer.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const issuer = await anIssuer()
afterAll(issuer.close)
const minute = 60_000
const start = Date.UTC(2030, 0, 1)

/** A verifier that counts how often a signature is looked at. */
function aVerifier(remembered: number) {
  const keys = createLocalJWKSet({ keys: [issuer.publicJwk as never] })
  const resolve = vi.fn(keys)
  const rules = { tokenIssuer: 'finity-auth', tokenAudience: 'finity' }
  const verify = createTokenVerifier({ resolve }, rules, remembered)
  return {
    verify: (token: string) => verify(`Bearer ${token}`, new Date()),
    looks: () => resolve.mock.calls.length,
  }
}

test('refuses a token that it has taken once its time is over', async () => {
  const token = await api.issuer.sign(randomUUID(), { exp: (start + minute) / 1_000 })

  api.setClock(new Date(start))
  const before = await api.send('/api/documents', { token })
  api.setClock(new Date(start + 2 * minute))
  const after = await api.send('/api/documents', { token })
  api.setClock(null)

  expect(before.status).toBe(200)
  expectProblem(after, 401, 'Unauthorized')
})

test('tells two tokens of one account apart', async () => {
  const accountId = randomUUID()
  const tokens = [await issuer.sign(accountId), await issuer.sign(accountId, { superuser: true })]
  const { verify } = aVerifier(10)

  for (const token of tokens) await verify(token)
  const again = await Promise.all(tokens.map(verify))

  expect(again.map(({ isSuperuser }) => isSuperuser)).toEqual([false, true])
})

test('looks at the signature of a token once, however often it comes', async () => {
  const { verify, looks } = aVerifier(10)
  const token = await issuer.sign(randomUUID())

  for (let time = 0; time < 5; time += 1) await verify(token)

  expect(looks()).toBe(1)
})

test('forgets the oldest token when there are more than it remembers', async () => {
  const { verify, looks } = aVerifier(2)
  const [one, two, three] = await Promise.all([1, 2, 3].map(() => issuer.sign(randomUUID())))

  for (const token of [one, two, three, three, two, one]) await verify(token as string)

  expect(looks()).toBe(4)
})
