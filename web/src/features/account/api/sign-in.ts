import { useMutation } from '@tanstack/react-query'
import { requestAnonymously } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'
import { startSession } from '../../../lib/session.ts'
import type { Credentials } from '../credentials.ts'

export async function signIn({ email, password }: Credentials): Promise<void> {
  const { access_token: token } = await requestAnonymously<{ access_token: string }>(endpoints.logIn, {
    method: 'POST',
    form: { username: email, password },
  })
  startSession(token)
}

export function useSignIn() {
  return useMutation({ mutationFn: signIn })
}
