import type { WorkLimit } from '@finity/kit/process/limit-work.ts'
import { hash, verify } from '@node-rs/argon2'

export type PasswordHasher = {
  hash: (password: string) => Promise<string>
  /** False for a wrong password, and for no hash at all after the same amount of work. */
  verify: (hashedPassword: string | undefined, password: string) => Promise<boolean>
}

/** argon2id, the OWASP Password Storage Cheat Sheet's first recommendation; memory in KiB. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** argon2id of a random value that nobody kept, at the cost above. */
const hashOfNothing =
  '$argon2id$v=19$m=19456,t=2,p=1$tDmMUFR7d1jlMhHwsv8kvw$hzlB5RCdHx2ZMbo159sX2n8TrHOFQDnVgfWwrrLySJ4'

/** Hashes run on the thread pool, as many at once as `limit` lets. */
export function createPasswordHasher(limit: WorkLimit): PasswordHasher {
  return {
    hash: (password) => limit(() => hash(password, cost)),
    async verify(hashedPassword, password) {
      const isRight = await limit(() => verify(hashedPassword ?? hashOfNothing, password))
      return isRight && hashedPassword !== undefined
    },
  }
}
