import { expect, test } from 'vitest'
import { aRegisteredAccount } from '../support/accounts.ts'
import { startAuth, testSecrets } from '../support/start-auth.ts'

const auth = await startAuth()
const fresh = (name: keyof typeof testSecrets) => `${testSecrets[name]}, replaced`

/** A process that starts when every secret was replaced: once, and twice. */
const processes = {
  once: auth.replica(
    Object.fromEntries(
      Object.entries(testSecrets).map(([name, before]) => [name, `${before}, replaced\n${before}`]),
    ),
  ),
  twice: auth.replica(
    Object.fromEntries(
      Object.entries(testSecrets).map(([name, before]) => [name, `the second\n${before}, replaced`]),
    ),
  ),
}

test.each([
  'verify',
  'reset',
] as const)('a link to %s works until its secret is replaced twice', async (purpose) => {
  const { id } = await aRegisteredAccount(auth)
  const token = await auth.context.links.issue(id, purpose)

  const found = {
    once: await processes.once.links.find(token, purpose),
    twice: await processes.twice.links.find(token, purpose),
  }

  expect(found).toMatchObject({ once: { accountId: id }, twice: null })
})

test('a new link is made with the new secret', async () => {
  const { id } = await aRegisteredAccount(auth)
  const alone = auth.replica({
    USERS_RESET_PASSWORD_TOKEN_SECRET: fresh('USERS_RESET_PASSWORD_TOKEN_SECRET'),
  })

  const token = await processes.once.links.issue(id, 'reset')

  expect(await alone.links.find(token, 'reset')).toMatchObject({ accountId: id })
})

test('a browser that signed in before is known until SECRET is replaced twice', async () => {
  const { id } = await aRegisteredAccount(auth)
  const token = auth.context.deviceTokens.issue(id)

  const names = [processes.once, processes.twice].map(({ deviceTokens }) => deviceTokens.identify(token, id))

  expect(names).toEqual([auth.context.deviceTokens.identify(token, id), null])
})
