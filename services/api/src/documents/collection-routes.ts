import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { requireAccount } from '../access/require-account.ts'
import type { Context } from '../context.ts'
import { idempotencyHeader, readClaim, replayHeader } from '../idempotency/read-claim.ts'
import { createDocument } from './create-document.ts'
import { emptyTrash } from './empty-trash.ts'
import { listDocuments } from './list-documents.ts'
import { pageQuery, trashQuery } from './page-query.ts'
import * as schemas from './schemas.ts'

const path = '/api/documents'
const tag = 'documents'
const tagsAtMost = 100

export function collectionRoutes(context: Context): Route[] {
  const guard = requireAccount(context)
  const create = defineRoute({
    method: 'post',
    path,
    operationId: 'createDocument',
    summary: 'Write a new document',
    tag,
    guard,
    query: schemas.noQuery,
    requestHeaders: idempotencyHeader,
    body: { as: 'json', schema: schemas.newDocument, limitBytes: schemas.documentBodyLimitBytes },
    answers: {
      201: {
        description: 'The new document',
        schema: schemas.documentRead,
        headers: { Location: 'Its path', ETag: 'Its version', ...replayHeader },
      },
    },
    faults: { 403: ['PLAN_LIMIT_REACHED'], 422: ['IDEMPOTENCY_KEY_REUSED'] },
    handler: ({ principal, request, body }) =>
      createDocument(context, principal.accountId, readClaim(principal, request, ['POST', path, body]), body),
  })
  const list = defineRoute({
    method: 'get',
    path,
    operationId: 'listDocuments',
    summary: 'One page of your documents',
    tag,
    guard,
    query: pageQuery,
    answers: { 200: { description: 'A page', schema: schemas.documentPage } },
    handler: async ({ principal, query }) => {
      const { documents, nextCursor } = await listDocuments(context, principal.accountId, query)
      return { status: 200, body: { items: documents.map(schemas.toListItem), next_cursor: nextCursor } }
    },
  })
  const empty = defineRoute({
    method: 'delete',
    path,
    operationId: 'emptyTrash',
    summary: 'Remove all that is in the trash for good',
    tag,
    guard,
    query: trashQuery,
    answers: { 204: { description: 'Removed' } },
    handler: async ({ principal }) => {
      await emptyTrash(context, principal.accountId)
      return { status: 204 }
    },
  })
  const tags = defineRoute({
    method: 'get',
    path: '/api/tags',
    operationId: 'listTags',
    summary: `The ${tagsAtMost} most used tags of your documents`,
    tag,
    guard,
    query: schemas.noQuery,
    answers: { 200: { description: 'The tags, the most used first', schema: schemas.tagList } },
    handler: async ({ principal }) => ({
      status: 200,
      body: { items: await context.tags.countTags(principal.accountId, tagsAtMost) },
    }),
  })
  return [create, list, empty, tags]
}
