import type { operations } from '../../lib/api/auth-schema.d.ts'

type Answer<Name extends 'readOwnAccount' | 'listSessions' | 'listSecurityEvents'> =
  operations[Name]['responses'][200]['content']['application/json']

export type Account = Answer<'readOwnAccount'>
export type AccountSession = Answer<'listSessions'>['items'][number]
export type SecurityEvent = Answer<'listSecurityEvents'>['items'][number]

/** The name under which the answer about the signed-in account is kept. */
export const accountKey = ['account'] as const
