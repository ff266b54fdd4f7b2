import { expectFault, expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aRegisteredAccount } from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const { email, password } = await aRegisteredAccount(auth)
const path = '/auth/jwt/login'

async function aMultipartBody(fields: Record<string, string | Blob>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value as string)
  const request = new Request(auth.url, { method: 'POST', body: form })
  return {
    body: new Uint8Array(await request.arrayBuffer()),
    type: request.headers.get('content-type') ?? '',
  }
}

test('takes a multipart form, as curl and browsers send it', async () => {
  const raw = await aMultipartBody({ username: email, password })

  const answer = await auth.send(path, { raw })

  expect(answer.status).toBe(200)
})

test('counts the last of several values, as FastAPI does', async () => {
  const twice = new URLSearchParams([
    ['username', 'nobody@example.com'],
    ['username', email],
    ['password', password],
  ])

  const answer = await auth.send(path, {
    raw: { body: twice.toString(), type: 'application/x-www-form-urlencoded' },
  })

  expect(answer.status).toBe(200)
})

test('takes an empty field for none, as FastAPI does', async () => {
  const answer = await auth.send(path, { form: { username: email, password: '' } })

  expectFault(answer, 'missing', ['body', 'password'])
})

test('refuses a file in the place of a field', async () => {
  const raw = await aMultipartBody({ username: new Blob([email]), password })

  const answer = await auth.send(path, { raw })

  expectFault(answer, 'string_type', ['body', 'username'])
})

test.each([
  ['without a boundary', 'multipart/form-data', 'x'],
  ['that ends in the middle', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-da'],
])('refuses a multipart form %s', async (_case, type, body) => {
  const answer = await auth.send(path, { raw: { body, type } })

  expectProblem(answer, 400, 'INVALID_BODY')
})
