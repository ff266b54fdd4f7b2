import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { derive, type Generations } from '@finity/kit/env/read-secret.ts'
import { deriveKey } from '../secrets/derive-key.ts'

/**
 * Device cookies: a browser that signed in to an account once keeps a mark of it, and has a count of failures of its own.
 * Strangers who guess at an account therefore cannot lock its owner out.
 * Source: OWASP, Slow Down Online Guessing Attacks with Device Cookies.
 */
export type DeviceTokens = {
  issue: (accountId: string) => string
  /** The device's name in limits, or null when the token is not one of this account. */
  identify: (token: string | undefined, accountId: string) => string | null
}

export function createDeviceTokens(secret: Generations<string>): DeviceTokens {
  const keys = derive(secret, (value) => deriveKey(value, 'device tokens v1'))
  const sign = (key: Buffer, nonce: string, accountId: string) =>
    createHmac('sha256', key).update(`${nonce} ${accountId}`).digest()

  return {
    issue(accountId) {
      const nonce = randomBytes(16).toString('base64url')
      return `${nonce}.${sign(keys()[0], nonce, accountId).toString('base64url')}`
    },

    identify(token, accountId) {
      const [, nonce, signature] = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/.exec(token ?? '') ?? []
      if (!nonce || !signature) return null
      const given = Buffer.from(signature, 'base64url')
      const isOurs = keys().some((key) => timingSafeEqual(given, sign(key, nonce, accountId)))
      return isOurs ? nonce : null
    },
  }
}
