import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { unheard } from '@finity/kit/metrics/create-metrics.ts'
import { createLogger } from '@finity/kit/process/create-logger.ts'
import { rehearse } from '@finity/kit/process/rehearse.ts'
import type { Context } from './context.ts'

/** What people do most, for an account that does not exist: pages of documents, and new ones, which are not written. */
export async function rehearseDocuments(
  context: Context,
  createApp: (context: Context) => RequestListener,
): Promise<void> {
  const nobody = {
    accountId: randomUUID(),
    sessionId: randomUUID(),
    isSuperuser: false,
    expiresAt: context.clock(),
  }
  const app = createApp({
    ...context,
    logger: createLogger('api', context.config.logLevel, { write: () => {} }),
    metrics: unheard(context.metrics),
    verifyToken: async () => nobody,
    newDocuments: { ...context.newDocuments, addDocument: async () => 'added' },
  })
  const page = { path: '/api/documents?limit=20' }
  await rehearse(app, [page, aDocument(), page, aDocument()])
}

function aDocument() {
  return {
    path: '/api/documents',
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ title: 'A rehearsal', content: 'Some words', tags: [] }),
  }
}
