import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { isKnown } from '@finity/kit/http/entity-tags.ts'
import { requireAccount } from '../access/require-account.ts'
import type { Context } from '../context.ts'
import { changeDocument } from './change-document.ts'
import { etagOf } from './document-etag.ts'
import type { Document } from './document-store.ts'
import { removalQuery } from './page-query.ts'
import { readDocument } from './read-document.ts'
import * as schemas from './schemas.ts'
import { removeDocument, restoreDocument, trashDocument } from './trash-document.ts'

const path = '/api/documents/{id}'
const tag = 'documents'
const etagHeader = { ETag: 'Its version' }

export function singleRoutes(context: Context): Route[] {
  const shared = { tag, guard: requireAccount(context), params: schemas.documentPath }
  const read = defineRoute({
    ...shared,
    method: 'get',
    path,
    operationId: 'readDocument',
    summary: 'One document, also one in the trash',
    query: schemas.noQuery,
    requestHeaders: { 'If-None-Match': 'The ETag of what you have: 304 when it is still so' },
    answers: {
      200: { description: 'The document', schema: schemas.documentRead, headers: etagHeader },
      304: { description: 'You have it as it is', headers: etagHeader },
    },
    faults: { 404: ['DOCUMENT_NOT_FOUND'] },
    handler: async ({ principal, params, request }) => {
      const document = await readDocument(context, principal.accountId, params.id)
      const etag = etagOf(document)
      if (isKnown(request.header('If-None-Match'), etag)) return { status: 304, headers: { ETag: etag } }
      return answerWith(document)
    },
  })
  const change = defineRoute({
    ...shared,
    method: 'patch',
    path,
    operationId: 'changeDocument',
    summary: 'Change what is given of a document',
    query: schemas.noQuery,
    requestHeaders: { 'If-Match': 'The ETag of what the change was made from, or * for whatever it is now' },
    body: { as: 'json', schema: schemas.documentChanges, limitBytes: schemas.documentBodyLimitBytes },
    answers: { 200: { description: 'The document now', schema: schemas.documentRead, headers: etagHeader } },
    faults: {
      404: ['DOCUMENT_NOT_FOUND'],
      409: ['DOCUMENT_IN_TRASH'],
      412: ['DOCUMENT_CHANGED'],
      428: ['IF_MATCH_REQUIRED'],
    },
    handler: async ({ principal, params, request, body }) =>
      answerWith(
        await changeDocument(context, principal.accountId, params.id, request.header('If-Match'), body),
      ),
  })
  const remove = defineRoute({
    ...shared,
    method: 'delete',
    path,
    operationId: 'deleteDocument',
    summary: 'Into the trash, or out of it for good with forever=true',
    query: removalQuery,
    answers: { 204: { description: 'Deleted' } },
    faults: { 404: ['DOCUMENT_NOT_FOUND'], 409: ['DOCUMENT_NOT_IN_TRASH'] },
    handler: async ({ principal, params, query }) => {
      const act = query.forever === 'true' ? removeDocument : trashDocument
      await act(context, principal.accountId, params.id)
      return { status: 204 }
    },
  })
  const restore = defineRoute({
    ...shared,
    method: 'post',
    path: `${path}/restore`,
    operationId: 'restoreDocument',
    summary: 'Out of the trash',
    query: schemas.noQuery,
    answers: { 200: { description: 'The document', schema: schemas.documentRead, headers: etagHeader } },
    faults: { 403: ['PLAN_LIMIT_REACHED'], 404: ['DOCUMENT_NOT_FOUND'] },
    handler: async ({ principal, params }) =>
      answerWith(await restoreDocument(context, principal.accountId, params.id)),
  })
  return [read, change, remove, restore]
}

function answerWith(document: Document) {
  const headers = { ETag: etagOf(document) }
  return { status: 200 as const, body: schemas.toDocumentRead(document), headers }
}
