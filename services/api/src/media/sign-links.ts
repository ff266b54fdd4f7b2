import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { derive, type Generations } from '@finity/kit/env/read-secret.ts'
import type { Principal } from '../access/require-account.ts'
import type { Context } from '../context.ts'
import type { VariantState } from './media-store.ts'

/** Paths that work without a token: for what a page shows, and for downloads. */
export type MediaLinks = {
  content: string
  download: string
  thumbnail: string | null
  medium: string | null
}

export type SignedQuery = { expires: string; session: string; signature: string }

export type LinkSigner = {
  sign: (path: string, session: string, expires: string) => string
  /** Whether the signature is of this path, session and time. */
  isSigned: (path: string, query: SignedQuery) => boolean
}

const hourMs = 3_600_000

/** Signs with a key of its own, which the service's secret gives away to nobody. */
export function createLinkSigner(secret: Generations<string>): LinkSigner {
  const keys = derive(secret, (value) => Buffer.from(hkdfSync('sha256', value, '', 'finity media links', 32)))
  const digest = (key: Buffer, path: string, session: string, expires: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([path, session, expires]))
      .digest()
  return {
    sign: (path, session, expires) => digest(keys()[0], path, session, expires).toString('base64url'),
    isSigned(path, { expires, session, signature }) {
      const given = Buffer.from(signature, 'base64url')
      return keys().some((key) => {
        const wanted = digest(key, path, session, expires)
        return given.length === wanted.length && timingSafeEqual(given, wanted)
      })
    },
  }
}

/** The links of a medium for a session: the same for an hour, so that browsers keep what they got by them, and good for another. */
export function linksOf(
  { links, clock }: Context,
  { sessionId }: Principal,
  mediaId: string,
  variantState: VariantState,
): MediaLinks {
  const expires = String((Math.ceil(clock().getTime() / hourMs) + 1) * (hourMs / 1_000))
  const sign = (part: string) => {
    const path = `/api/media/${mediaId}/${part}`
    const signature = links.sign(path, sessionId, expires)
    return `${path}?${new URLSearchParams({ expires, session: sessionId, signature })}`
  }
  const content = sign('content')
  const isReady = variantState === 'ready'
  return {
    content,
    download: `${content}&download=true`,
    thumbnail: isReady ? sign('thumbnail') : null,
    medium: isReady ? sign('medium') : null,
  }
}
