import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { request } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'
import type { Credentials } from '../credentials.ts'
import { signIn } from './sign-in.ts'

export async function registerAccount(credentials: Credentials): Promise<void> {
  await request(endpoints.register, { method: 'POST', json: credentials, accessToken: null })
}

/** Registers and signs in. A retry after a sign-in that failed does not register a second time. */
export function useRegisterAccount() {
  const registeredEmail = useRef<string>(null)
  return useMutation({
    mutationFn: async (credentials: Credentials) => {
      if (registeredEmail.current !== credentials.email) await registerAccount(credentials)
      registeredEmail.current = credentials.email
      await signIn(credentials)
    },
  })
}
