import type { paths as ApiPaths } from '../../lib/api/api-schema.d.ts'
import type { paths as AuthPaths } from '../../lib/api/auth-schema.d.ts'

type AccountPage = AuthPaths['/users']['get']['responses'][200]['content']['application/json']

export type ListedAccount = AccountPage['items'][number]
export type Grant =
  ApiPaths['/api/subscriptions/{account_id}']['get']['responses'][200]['content']['application/json']
export type PlanName = Grant['plan']
export type System = ApiPaths['/api/system']['get']['responses'][200]['content']['application/json']
export type DeadLetter = System['queue']['dead'][number]
export type Backups = ApiPaths['/api/system/backups']['get']['responses'][200]['content']['application/json']
export type BackupStatus = Extract<Backups, { state: 'known' }>['status']

/** What superusers look at is asked for again so often. */
export const LOOK_AGAIN_MS = 4000

/** The names under which answers for superusers are kept. */
export const adminKeys = {
  accounts: ['admin', 'accounts'] as const,
  accountsWith: (part: string) => ['admin', 'accounts', part] as const,
  grant: (accountId: string) => ['admin', 'grant', accountId] as const,
  system: ['admin', 'system'] as const,
  backups: ['admin', 'backups'] as const,
}
