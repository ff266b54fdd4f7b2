import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aRegisteredAccount, aSessionOf, refresh, signIn } from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth({ CORS_ORIGINS: 'https://app.example.com' })
const account = await aRegisteredAccount(auth)
const session = await aSessionOf(auth, account)
const ownOrigin = new URL(auth.url).origin

const foreign: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
]

test.each(foreign)('refuses to refresh for a page of another site: %o', async (headers) => {
  const answer = await refresh(auth, session.refreshCookie, headers)

  expectProblem(answer, 403, 'CROSS_ORIGIN_REFUSED')
  expect(answer.headers.getSetCookie()).toEqual([])
})

test.each(foreign)('refuses to sign a browser in for a page of another site: %o', async (headers) => {
  const answer = await signIn(auth, account, { headers })

  expectProblem(answer, 403, 'CROSS_ORIGIN_REFUSED')
  expect(answer.headers.getSetCookie()).toEqual([])
})

const own: Record<string, string>[] = [
  {},
  { 'sec-fetch-site': 'same-origin', origin: ownOrigin },
  { 'sec-fetch-site': 'none' },
  { origin: ownOrigin },
  { origin: 'https://app.example.com', 'sec-fetch-site': 'cross-site' },
]

test.each(own)('serves its own pages, trusted ones, and clients that are no browser: %o', async (headers) => {
  const answer = await signIn(auth, account, { headers })

  expect(answer.status).toBe(200)
})
