import { expect, test } from 'vitest'
import { anAddress, signIn } from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const password = 'correct horse battery'

/** Made by pwdlib 0.2.1, which FastAPI Users hashes with, of the password above. */
const imported = {
  argon2id:
    '$argon2id$v=19$m=65536,t=3,p=4$ul0Oz5G03XqffEctQEtPZQ$vpiFOpRVHAe3rma5PdBlYvzWNg5AsrcgHlCzAbInJds',
  'bcrypt, 2b': '$2b$12$FAp7SudmIB9WjHva.ayNfOzRe.Gi72QoADO1paNHRowpIDsGT/u1K',
  'bcrypt, 2a': '$2a$12$2I78goVDViQGVAn4CBgzp.PbwjxIlrRWtwckWlIF3lcBOb6hgEuwe',
}

async function anImportedAccount(hash: string) {
  const email = anAddress()
  await auth.query('insert into "user" (email, hashed_password) values ($1, $2)', email, hash)
  return { email, password }
}

async function hashOf(email: string): Promise<string> {
  const [row] = await auth.query<{ hashed_password: string }>(
    'select hashed_password from "user" where email = $1',
    email,
  )
  return row?.hashed_password ?? ''
}

test.each(
  Object.entries(imported),
)('signs in by an imported hash of %s, and not with another password', async (_name, hash) => {
  const account = await anImportedAccount(hash)

  const wrong = await signIn(auth, { ...account, password: 'not the password' })
  const right = await signIn(auth, account)

  expect([wrong.status, right.status]).toEqual([400, 200])
})

test.each(
  Object.entries(imported),
)('makes an imported hash of %s anew at the next sign-in', async (_name, hash) => {
  const account = await anImportedAccount(hash)

  await signIn(auth, account)

  expect(await hashOf(account.email)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect((await signIn(auth, account)).status).toBe(200)
})

test('leaves a hash of today alone', async () => {
  const email = anAddress()
  await auth.send('/auth/register', { json: { email, password } })
  const before = await hashOf(email)

  await signIn(auth, { email, password })

  expect(await hashOf(email)).toBe(before)
})

test.each([
  '!',
  '',
  '$2b$12$broken',
  '$argon2id$v=19$m=65536,t=3,p=4$broken',
  'plain text',
])('lets nobody in by the hash "%s"', async (hash) => {
  const account = await anImportedAccount(hash)

  const answer = await signIn(auth, { ...account, password: hash || password })

  expect(answer.status).toBe(400)
})

test('spends as much work on a hash of no known format as on a right one', async () => {
  const { passwords } = auth.context
  const own = await passwords.hash(password)
  const timeOf = async (hash: string) => {
    const startedAt = performance.now()
    await passwords.verify(hash, password)
    return performance.now() - startedAt
  }

  const ratios: number[] = []
  for (let round = 0; round < 15; round += 1) ratios.push((await timeOf('!')) / (await timeOf(own)))

  expect(ratios.toSorted((a, b) => a - b)[7]).toBeGreaterThan(0.5)
})

test('leaves a password alone that was changed while the old hash was made anew', async () => {
  const account = await anImportedAccount(imported.argon2id)
  const found = await auth.context.accounts.findAccountByEmail(account.email)

  await auth.context.accounts.replaceHash(found?.id ?? '', 'the hash from before', 'the old one made anew')

  expect(await hashOf(account.email)).toBe(imported.argon2id)
})
