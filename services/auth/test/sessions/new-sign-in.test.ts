import { expect, test } from 'vitest'
import { aRegisteredAccount, aSessionOf, type TestAccount } from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth({ TRUSTED_PROXY_HOPS: '1' })

const home = { 'x-forwarded-for': '203.0.113.1', 'user-agent': 'curl/8.1' }
const elsewhere = { 'x-forwarded-for': '198.51.100.1', 'user-agent': 'curl/8.1' }

function noticesTo({ email }: TestAccount) {
  return auth.query("select facts from outbox_mail where recipient = $1 and kind = 'new-sign-in'", email)
}

test('tells the owner of a sign-in from a new place', async () => {
  const account = await aRegisteredAccount(auth)
  await aSessionOf(auth, account, { headers: home })

  await aSessionOf(auth, account, { headers: elsewhere })

  expect(await noticesTo(account)).toEqual([
    { facts: { device: 'curl', address: '198.51.100.1', at: expect.any(String) } },
  ])
})

test('says nothing of the very first sign-in, nor of the next from the same place', async () => {
  const account = await aRegisteredAccount(auth)

  await aSessionOf(auth, account, { headers: home })
  await aSessionOf(auth, account, { headers: home })

  expect(await noticesTo(account)).toEqual([])
})

test('says nothing of a browser that it knows, wherever that is', async () => {
  const account = await aRegisteredAccount(auth)
  const { deviceCookie } = await aSessionOf(auth, account, { headers: home })

  await aSessionOf(auth, account, { headers: { ...elsewhere, cookie: deviceCookie } })

  expect(await noticesTo(account)).toEqual([])
})

test('tells the owner of a sign-in by another device at a known place', async () => {
  const account = await aRegisteredAccount(auth)
  await aSessionOf(auth, account, { headers: home })

  await aSessionOf(auth, account, { headers: { ...home, 'user-agent': 'wget/1.25' } })

  expect(await noticesTo(account)).toMatchObject([{ facts: { device: 'wget' } }])
})
