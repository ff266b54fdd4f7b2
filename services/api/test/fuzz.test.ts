import type { OpenApiDocument } from '@finity/kit/testing/check-documented.ts'
import { nothingOdd } from '@finity/kit/testing/fuzz-cases.ts'
import { fuzzOperations } from '@finity/kit/testing/fuzz-operations.ts'
import { expect, test } from 'vitest'
import { documentBodyLimitBytes } from '../src/documents/schemas.ts'
import { aDocument, aStranger } from './support/documents.ts'
import { startApi } from './support/start-api.ts'

const api = await startApi()
const token = await aStranger(api)

test('answers rubbish in time and as documented, without a fault of its own, and stores none that it refuses', async () => {
  const { body } = await api.send('/api/openapi.json')

  const results = await fuzzOperations({
    url: api.url,
    document: body as OpenApiDocument,
    seed: 1,
    rounds: 50,
    bodyLimitBytes: documentBodyLimitBytes,
    prepare: async () => ({
      headers: { authorization: `Bearer ${token}` },
      params: { id: (await aDocument(api, token)).id },
    }),
    stored: async () => (await api.send('/api/documents?limit=1', { token })).body,
  })

  expect(results.filter(({ fault }) => fault)).toEqual([])
  expect(results.filter((result) => result.case === nothingOdd && result.status >= 400)).toEqual([])
  expect(results.length).toBeGreaterThan(1_000)
}, 60_000)
