import { createHash } from 'node:crypto'
import type { RequestFacts } from '@finity/kit/http/define-route.ts'
import { InvalidInput } from '@finity/kit/http/http-errors.ts'
import type { Principal } from '../access/require-account.ts'
import type { Claim } from './idempotency-store.ts'

/** For the `requestHeaders` of a route that answers once. */
export const idempotencyHeader = {
  'Idempotency-Key':
    'A new key for each thing to make; sent again with the same request, it gets the first answer for 24 hours',
}

/** For the `headers` of its answer. */
export const replayHeader = { 'Idempotency-Replayed': '`true` when this is the first answer again' }

const visibleAscii = /^[\x21-\x7e]{1,255}$/

/** What the Idempotency-Key of a request claims; null without one. `parts` tell this request from others. */
export function readClaim(principal: Principal, { header }: RequestFacts, parts: unknown[]): Claim | null {
  const key = header('Idempotency-Key')
  if (key === undefined) return null
  if (!visibleAscii.test(key)) {
    const loc = ['header', 'Idempotency-Key']
    throw new InvalidInput([
      { type: 'value_error', loc, msg: 'Input should be 1 to 255 visible ASCII characters' },
    ])
  }
  const fingerprint = new Uint8Array(createHash('sha256').update(JSON.stringify(parts)).digest())
  return { accountId: principal.accountId, key, fingerprint }
}
