import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { aRegisteredAccount, signIn } from '../support/accounts.ts'
import { somebodyWaits } from '../support/somebody-waits.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const other = new pg.Client(auth.database.url)
await other.connect()
afterAll(() => other.end())

test.each([
  ['changes its password', 'update "user" set hashed_password = \'!\' where id = $1'],
  ['is deactivated', 'update "user" set is_active = false where id = $1'],
])('begins no session for an account that %s while it signs in', async (_case, change) => {
  const account = await aRegisteredAccount(auth)
  await other.query('begin')
  await other.query(change, [account.id])
  await other.query('delete from session where user_id = $1', [account.id])

  const signingIn = signIn(auth, account)
  await expect.poll(() => somebodyWaits(auth)).toBe(true)
  await other.query('commit')

  expectProblem(await signingIn, 400, 'LOGIN_BAD_CREDENTIALS')
  expect(await auth.query('select 1 from session where user_id = $1', account.id)).toEqual([])
})
