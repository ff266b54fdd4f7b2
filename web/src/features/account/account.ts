export type Account = { id: string; email: string; is_verified: boolean }

/** The name under which the answer about the signed-in account is kept. */
export const accountKey = ['account'] as const
