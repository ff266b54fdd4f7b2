import { randomUUID } from 'node:crypto'
import type { Answer, RequestParts } from '@finity/kit/testing/send-request.ts'
import type { Auth } from './start-auth.ts'

export type TestAccount = { id: string; email: string; password: string }

/** What a browser has after signing in. */
export type TestSession = { token: string; refreshCookie: string; deviceCookie: string }

export const aPassword = 'correct horse battery'

export function anAddress(): string {
  return `${randomUUID()}@example.com`
}

export async function aRegisteredAccount(auth: Auth, email = anAddress()): Promise<TestAccount> {
  const { body } = await auth.send('/auth/register', { json: { email, password: aPassword } })
  return { id: (body as { id: string }).id, email, password: aPassword }
}

export async function anInactiveAccount(auth: Auth): Promise<TestAccount> {
  const account = await aRegisteredAccount(auth)
  await auth.query('update "user" set is_active = false where id = $1', account.id)
  return account
}

export async function aVerifiedAccount(auth: Auth): Promise<TestAccount> {
  const account = await aRegisteredAccount(auth)
  await auth.query('update "user" set is_verified = true where id = $1', account.id)
  return account
}

export async function aSuperuser(auth: Auth): Promise<TestAccount> {
  const account = await aRegisteredAccount(auth)
  await auth.query('update "user" set is_superuser = true where id = $1', account.id)
  return account
}

type Credentials = Pick<TestAccount, 'email' | 'password'>

export function signIn(
  auth: Auth,
  { email, password }: Credentials,
  parts: RequestParts = {},
): Promise<Answer> {
  return auth.send('/auth/jwt/login', { form: { username: email, password }, ...parts })
}

export async function aTokenOf(auth: Auth, account: Credentials): Promise<string> {
  return tokenIn(await signIn(auth, account))
}

export async function aSessionOf(
  auth: Auth,
  account: Credentials,
  parts?: RequestParts,
): Promise<TestSession> {
  const answer = await signIn(auth, account, parts)
  return {
    token: tokenIn(answer),
    refreshCookie: cookieIn(answer, 'finity-refresh'),
    deviceCookie: cookieIn(answer, 'finity-device'),
  }
}

export function tokenIn({ body }: Answer): string {
  return (body as { access_token: string }).access_token
}

/** A cookie that an answer sets, as a request sends it back. */
export function cookieIn({ headers }: Answer, name: string): string {
  const cookie = headers.getSetCookie().find((line) => line.includes(name))
  return cookie?.split(';', 1)[0] ?? ''
}

export function refresh(auth: Auth, cookie: string, headers: Record<string, string> = {}): Promise<Answer> {
  return auth.send('/auth/refresh', { method: 'POST', headers: { cookie, ...headers } })
}
