import { randomUUID } from 'node:crypto'
import type { Auth } from './start-auth.ts'

export type TestAccount = { id: string; email: string; password: string }

export const aPassword = 'correct horse battery'

export function anAddress(): string {
  return `${randomUUID()}@example.com`
}

export async function aRegisteredAccount(auth: Auth, email = anAddress()): Promise<TestAccount> {
  const { body } = await auth.send('/auth/register', { json: { email, password: aPassword } })
  return { id: (body as { id: string }).id, email, password: aPassword }
}

export async function aTokenOf(auth: Auth, { email, password }: TestAccount): Promise<string> {
  const { body } = await auth.send('/auth/jwt/login', { form: { username: email, password } })
  return (body as { access_token: string }).access_token
}
