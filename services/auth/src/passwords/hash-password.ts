import type { WorkLimit } from '@finity/kit/process/limit-work.ts'
import { hash, verify } from '@node-rs/argon2'
import { verify as verifyBcrypt } from '@node-rs/bcrypt'

export type PasswordHasher = {
  hash: (password: string) => Promise<string>
  /** False for a wrong password, and for no hash at all after the same amount of work. */
  verify: (hashedPassword: string | undefined, password: string) => Promise<boolean>
  /** Whether a hash was made in another way than `hash` makes it now. */
  isOutdated: (hashedPassword: string) => boolean
}

/** argon2id, the OWASP Password Storage Cheat Sheet's first recommendation; memory in KiB. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const currentPrefix = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`

/** argon2id of a random value that nobody kept, at the cost above. */
const hashOfNothing = `${currentPrefix}tDmMUFR7d1jlMhHwsv8kvw$hzlB5RCdHx2ZMbo159sX2n8TrHOFQDnVgfWwrrLySJ4`

type Stopwatch = { startTimer: (labels: { operation: 'hash' | 'verify' }) => () => unknown }

/** Hashes run on the thread pool, as many at once as `limit` lets. */
export function createPasswordHasher(limit: WorkLimit, stopwatch: Stopwatch): PasswordHasher {
  const measure = async <T>(operation: 'hash' | 'verify', work: () => Promise<T>): Promise<T> => {
    const stop = stopwatch.startTimer({ operation })
    return limit(work).finally(stop)
  }

  return {
    hash: (password) => measure('hash', () => hash(password, cost)),

    async verify(hashedPassword, password) {
      const known = hashedPassword !== undefined && isKnownFormat(hashedPassword)
      const isRight = await measure('verify', () => compare(known ? hashedPassword : hashOfNothing, password))
      return isRight && known
    },

    isOutdated: (hashedPassword) => !hashedPassword.startsWith(currentPrefix),
  }
}

const bcryptFormat = /^\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}$/
const argonFormat = /^\$argon2(id|i|d)\$/

/** Rows that come from elsewhere may hold something else, such as "!" for an account that cannot sign in. */
function isKnownFormat(hashedPassword: string): boolean {
  return bcryptFormat.test(hashedPassword) || argonFormat.test(hashedPassword)
}

async function compare(hashedPassword: string, password: string): Promise<boolean> {
  try {
    return bcryptFormat.test(hashedPassword)
      ? await verifyBcrypt(password, hashedPassword)
      : await verify(hashedPassword, password)
  } catch {
    // A damaged hash fits no password.
    return false
  }
}
