import { createHmac, randomBytes } from 'node:crypto'
import type { Clock } from '@finity/kit/process/clock.ts'
import type { Config, Secrets } from '../config.ts'
import type { LinkPurpose, LinkTokenStore } from './link-token-store.ts'

export type LinkToken = { hash: Buffer<ArrayBuffer>; accountId: string }

export type Links = {
  /** A new token of 256 random bits for a link in a mail; the account's older one of this purpose is dead. */
  issue: (accountId: string, purpose: LinkPurpose) => Promise<string>
  /** The token that a link brought, or null when it is unknown, expired, replaced, used or for another purpose. */
  find: (token: string, purpose: LinkPurpose) => Promise<LinkToken | null>
}

type Parts = { config: Config; secrets: Secrets; clock: Clock; store: LinkTokenStore }

/** Only an HMAC of a token is stored; its key is the purpose's own, so that no token serves another purpose. */
export function createLinks({ config, secrets, clock, store }: Parts): Links {
  const purposes = {
    verify: { keys: secrets.verificationTokenSecret, lifetime: config.links.verifyLifetimeSeconds },
    reset: { keys: secrets.resetPasswordTokenSecret, lifetime: config.links.resetLifetimeSeconds },
  }
  const hashToken = (key: string, token: string, purpose: LinkPurpose) =>
    createHmac('sha256', key).update(`${purpose} ${token}`).digest()

  return {
    async issue(accountId, purpose) {
      const { keys, lifetime } = purposes[purpose]
      const token = randomBytes(32).toString('base64url')
      const expiresAt = new Date(clock().getTime() + lifetime * 1_000)
      await store.putToken({ accountId, purpose, tokenHash: hashToken(keys()[0], token, purpose), expiresAt })
      return token
    },

    async find(token, purpose) {
      for (const key of purposes[purpose].keys()) {
        const hash = hashToken(key, token, purpose)
        const accountId = await store.findTokenOwner(hash, purpose, clock())
        if (accountId !== null) return { hash, accountId }
      }
      return null
    },
  }
}
