import { randomUUID } from 'node:crypto'
import type { OpenApiDocument } from '@finity/kit/testing/check-documented.ts'
import { nothingOdd } from '@finity/kit/testing/fuzz-cases.ts'
import { fuzzOperations } from '@finity/kit/testing/fuzz-operations.ts'
import { expect, test } from 'vitest'
import { documentBodyLimitBytes } from '../src/documents/schemas.ts'
import { aDocument } from './support/documents.ts'
import { aMedium } from './support/media.ts'
import { startApi } from './support/start-api.ts'

const api = await startApi({ environment: { PLANS: '{"free":{"documents":null}}' } })
const token = await api.issuer.sign(randomUUID(), { superuser: true })

/** What a good request is refused with, because it is about what this account does not have. */
const missing: Record<string, number> = {
  'GET /api/media/{id}/thumbnail': 404,
  'GET /api/media/{id}/medium': 404,
  'POST /api/subscription/checkout': 409,
  'POST /api/subscription/change': 409,
  'POST /api/subscription/cancel': 409,
  'POST /api/subscription/resume': 409,
  'POST /api/subscription/portal': 409,
  'POST /api/webhooks/stripe': 409,
  'POST /api/payment-events/{id}/replay': 404,
  'POST /api/system/dead-letters/{id}/retry': 404,
  'DELETE /api/system/dead-letters/{id}': 404,
}

async function prepare(operation: string) {
  const document = operation.includes('/api/documents/{id}') ? await aDocument(api, token) : undefined
  const medium = /\/media/.test(operation) ? await aMedium(api, token) : undefined
  const id = document?.id ?? medium?.id ?? randomUUID()
  return {
    headers: { authorization: `Bearer ${token}`, 'if-match': '*' },
    params: { id, media_id: medium?.id ?? id, account_id: randomUUID() },
  }
}

const stored = () =>
  api.query(
    `select (select array[count(*), sum(version)] from document), (select count(*) from document_media),
            (select array[count(*), count(deleted_at)] from media), (select count(*) from subscription),
            (select count(*) from idempotency_key), (select count(*) from payment_event)`,
  )

test('answers rubbish in time and as documented, without a fault of its own, and stores none that it refuses', async () => {
  const { body } = await api.send('/api/openapi.json')

  const results = await fuzzOperations({
    url: api.url,
    document: body as OpenApiDocument,
    seed: 1,
    rounds: 20,
    bodyLimitBytes: documentBodyLimitBytes,
    prepare,
    stored,
  })

  const isRefused = ({ operation, status }: (typeof results)[number]) =>
    status >= 400 && missing[operation] !== status
  expect(results.filter(({ fault }) => fault)).toEqual([])
  expect(results.filter((result) => result.case === nothingOdd && isRefused(result))).toEqual([])
  expect(results.length).toBeGreaterThan(3_000)
}, 300_000)
