import { startProcess } from '@finity/kit/testing/start-process.ts'
import { expect, test } from 'vitest'
import { makeSuperuser } from '../src/accounts/make-superuser.ts'
import { anAddress, aRegisteredAccount, aTokenOf, signIn } from './support/accounts.ts'
import { startAuth, testSecrets } from './support/start-auth.ts'

const admin = new URL('../src/admin.ts', import.meta.url).pathname
const auth = await startAuth()

async function run(...words: string[]): Promise<{ code: number | null; output: string }> {
  const environment = {
    ...testSecrets,
    DATABASE_URL: auth.database.url,
    FRONTEND_URL: 'https://app.example.com',
  }
  const command = startProcess(admin, environment, words)
  return { code: await command.exitCode, output: command.output() }
}

function linkIn(output: string): string {
  return /https:\/\/app\.example\.com\/reset-password#token=(\S+)/.exec(output)?.[1] ?? ''
}

test('makes the first superuser, who sets a password by the link that it prints', async () => {
  const email = anAddress()
  const { code, output } = await run('make-superuser', email)

  await auth.send('/auth/reset-password', {
    json: { token: linkIn(output), password: 'an operator chose this' },
  })

  const token = await aTokenOf(auth, { email, password: 'an operator chose this' })
  const own = await auth.send('/users/me', { token })
  expect(code).toBe(0)
  expect(own).toMatchObject({ body: { email, is_superuser: true, is_verified: true } })
})

test('promotes an account that there is, whose password stays', async () => {
  const account = await aRegisteredAccount(auth)

  await run('make-superuser', account.email.toUpperCase())

  const own = await auth.send('/users/me', { token: await aTokenOf(auth, account) })
  expect(own).toMatchObject({ body: { is_superuser: true } })
})

test('publishes the next signing key', async () => {
  await signIn(auth, await aRegisteredAccount(auth))

  const { code, output } = await run('rotate-signing-key')

  const keys = await auth.query('select id from signing_key')
  expect([code, keys.length]).toEqual([0, 2])
  expect(output).toMatch(/signs from 20\d\d-/)
})

test.each([
  [],
  ['make-coffee'],
  ['make-superuser'],
  ['make-superuser', 'nonsense'],
])('says how it is used when it is called as "%s %s"', async (...words: string[]) => {
  const { code, output } = await run(...words.filter(Boolean))

  expect([code, output]).toEqual([1, expect.stringContaining('make-superuser ADDRESS')])
})

test('opens an account again that was deactivated', async () => {
  const account = await aRegisteredAccount(auth)
  await auth.query('update "user" set is_active = false where id = $1', account.id)

  await run('make-superuser', account.email)

  expect((await signIn(auth, account)).status).toBe(200)
})

test('gives a new superuser a password that nobody knows', async () => {
  const { passwords } = auth.context
  const { hash } = passwords
  const chosen: string[] = []
  passwords.hash = (password) => {
    chosen.push(password)
    return hash(password)
  }

  for (let time = 0; time < 2; time += 1) await makeSuperuser(auth.context, anAddress())

  passwords.hash = hash
  expect(new Set(chosen).size).toBe(2)
  for (const password of chosen) expect(password).toHaveLength(43)
})
