import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { anAddress, aRegisteredAccount, aTokenOf, signIn } from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth({ PASSWORD_HASH_QUEUE: '2' })
const crowd = 60

test('turns the surplus of a sign-in storm away with 503, and serves everything else meanwhile', async () => {
  const token = await aTokenOf(auth, await aRegisteredAccount(auth))
  let isOver = false

  const storm = Promise.all(
    Array.from({ length: crowd }, () => signIn(auth, { email: anAddress(), password: 'any password' })),
  ).finally(() => {
    isOver = true
  })
  const [health, own] = await Promise.all([auth.send('/health'), auth.send('/users/me', { token })])
  const served = { health: health.status, own: own.status, isOver }
  const answers = await storm

  const refused = answers.filter(({ status }) => status !== 400)
  expect(served).toEqual({ health: 200, own: 200, isOver: false })
  expect(refused.length).toBeGreaterThan(0)
  for (const answer of refused) expectProblem(answer, 503, 'OVERLOADED')
  expect(refused[0]?.headers.get('retry-after')).toBe('1')
})
