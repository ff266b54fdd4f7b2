import { expect, test } from 'vitest'
import { anAddress, aRegisteredAccount, aSessionOf } from '../support/accounts.ts'
import { from } from '../support/from-address.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth({ RATE_LIMIT_FACTOR: '1', TRUSTED_PROXY_HOPS: '1' })

test('limits registrations by address', async () => {
  const crowd = from('198.51.100.2')
  const register = () =>
    auth.send('/auth/register', { json: { email: anAddress(), password: 'short' }, ...crowd })

  const statuses: number[] = []
  for (let attempt = 0; attempt < 21; attempt += 1) statuses.push((await register()).status)

  expect(statuses.at(-2)).toBe(400)
  expect(statuses.at(-1)).toBe(429)
})

test.each([
  '/auth/forgot-password',
  '/auth/request-verify-token',
])('limits the mails that %s sends to one address, known or not', async (path) => {
  const email = anAddress()
  const ask = () => auth.send(path, { json: { email }, ...from() })

  const statuses: number[] = []
  for (let attempt = 0; attempt < 4; attempt += 1) statuses.push((await ask()).status)

  expect(statuses).toEqual([202, 202, 202, 429])
})

test('limits refreshes by address', async () => {
  const { headers } = from()
  const one = async () => (await auth.send('/auth/refresh', { method: 'POST', headers })).status

  const statuses = await Promise.all(Array.from({ length: 601 }, one))

  expect(statuses.filter((status) => status === 401)).toHaveLength(600)
  expect(statuses.filter((status) => status === 429)).toHaveLength(1)
})

test.each([
  ['/auth/verify', { token: 'x' }],
  ['/auth/reset-password', { token: 'x', password: 'a long enough password' }],
])('limits the links that one address tries at %s', async (path, json) => {
  const guesser = from()

  const statuses: number[] = []
  for (let guess = 0; guess < 31; guess += 1)
    statuses.push((await auth.send(path, { json, ...guesser })).status)

  expect(statuses).toEqual([...Array(30).fill(400), 429])
})

test.each([
  '/auth/forgot-password',
  '/auth/request-verify-token',
])('limits the mails that one address asks for at %s', async (path) => {
  const crowd = from()

  const statuses: number[] = []
  for (let attempt = 0; attempt < 21; attempt += 1)
    statuses.push((await auth.send(path, { json: { email: anAddress() }, ...crowd })).status)

  expect(statuses).toEqual([...Array(20).fill(202), 429])
})

test('limits guesses at the current password, and forgets them when it is right', async () => {
  const account = await aRegisteredAccount(auth)
  const { token } = await aSessionOf(auth, account, from())
  const change = async (current_password: string) =>
    (
      await auth.send('/users/me', {
        method: 'PATCH',
        token,
        json: { password: account.password, current_password },
      })
    ).status
  const statuses: number[] = []

  for (let guess = 0; guess < 4; guess += 1) statuses.push(await change('not the password'))
  statuses.push(await change(account.password))
  for (let guess = 0; guess < 5; guess += 1) statuses.push(await change('not the password'))
  statuses.push(await change(account.password))

  expect(statuses).toEqual([...Array(4).fill(400), 200, ...Array(5).fill(400), 429])
})
