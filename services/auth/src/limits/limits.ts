/** What is limited, and by what its attempts are counted. The numbers stand in create-limits.ts. */
export type Limit =
  | 'sign-in-by-address'
  | 'sign-in-by-account'
  | 'sign-in-by-device'
  | 'register-by-address'
  | 'mail-by-address'
  | 'mail-by-account'
  | 'link-by-address'
  | 'refresh-by-address'
  | 'password-by-account'

export type Limits = {
  /** Counts one attempt, or throws TooManyRequests. Atomic: of attempts at once, no more than the limit pass. */
  take: (limit: Limit, key: string) => Promise<void>
  /** Gives one attempt back, when it turned out to be none that counts. */
  giveBack: (limit: Limit, key: string) => Promise<void>
  /** Forgets all attempts. */
  clear: (limit: Limit, key: string) => Promise<void>
  close: () => Promise<void>
}
