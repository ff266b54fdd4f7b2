import { useMutation } from '@tanstack/react-query'
import { request } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'
import { startSession } from '../../../lib/session.ts'
import type { Credentials } from '../credentials.ts'
import { getAccount } from './get-account.ts'

export async function signIn({ email, password }: Credentials): Promise<void> {
  const { access_token: accessToken } = await request<{ access_token: string }>(endpoints.logIn, {
    method: 'POST',
    form: { username: email, password },
    accessToken: null,
  })
  startSession({ accessToken, account: await getAccount(accessToken) })
}

export function useSignIn() {
  return useMutation({ mutationFn: signIn })
}
