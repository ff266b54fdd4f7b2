import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { requireAccount } from '../access/require-account.ts'
import type { Context } from '../context.ts'
import { changeDocument } from './change-document.ts'
import { createDocument } from './create-document.ts'
import { deleteDocument } from './delete-document.ts'
import { listDocuments } from './list-documents.ts'
import { readDocument } from './read-document.ts'
import * as schemas from './schemas.ts'

const collection = '/api/documents'
const single = '/api/documents/{id}'
const tag = 'documents'
const notFound = { 404: ['DOCUMENT_NOT_FOUND'] }

export function documentRoutes(context: Context): Route[] {
  return [...collectionRoutes(context), ...singleRoutes(context)]
}

function collectionRoutes(context: Context): Route[] {
  const guard = requireAccount(context)
  const create = defineRoute({
    method: 'post',
    path: collection,
    operationId: 'createDocument',
    summary: 'Write a new document',
    tag,
    guard,
    query: schemas.noQuery,
    body: { as: 'json', schema: schemas.newDocument, limitBytes: schemas.documentBodyLimitBytes },
    answers: {
      201: {
        description: 'The new document',
        schema: schemas.documentRead,
        headers: { Location: 'Its path' },
      },
    },
    handler: async ({ principal, body }) => {
      const document = await createDocument(context, principal.accountId, body)
      const headers = { Location: `${collection}/${document.id}` }
      return { status: 201, body: schemas.toDocumentRead(document), headers }
    },
  })
  const list = defineRoute({
    method: 'get',
    path: collection,
    operationId: 'listDocuments',
    summary: 'One page of your documents, newest change first',
    tag,
    guard,
    query: schemas.pageQuery,
    answers: { 200: { description: 'A page', schema: schemas.documentPage } },
    handler: async ({ principal, query }) => {
      const { documents, nextCursor } = await listDocuments(context, principal.accountId, query)
      return { status: 200, body: { items: documents.map(schemas.toListItem), next_cursor: nextCursor } }
    },
  })
  return [create, list]
}

function singleRoutes(context: Context): Route[] {
  const shared = {
    path: single,
    tag,
    guard: requireAccount(context),
    params: schemas.documentPath,
    query: schemas.noQuery,
    faults: notFound,
  }
  const read = defineRoute({
    ...shared,
    method: 'get',
    operationId: 'readDocument',
    summary: 'One document',
    answers: { 200: { description: 'The document', schema: schemas.documentRead } },
    handler: async ({ principal, params }) => ({
      status: 200,
      body: schemas.toDocumentRead(await readDocument(context, principal.accountId, params.id)),
    }),
  })
  const change = defineRoute({
    ...shared,
    method: 'patch',
    operationId: 'changeDocument',
    summary: 'Change the title, the content or both',
    body: { as: 'json', schema: schemas.documentChanges, limitBytes: schemas.documentBodyLimitBytes },
    answers: { 200: { description: 'The changed document', schema: schemas.documentRead } },
    handler: async ({ principal, params, body }) => ({
      status: 200,
      body: schemas.toDocumentRead(await changeDocument(context, principal.accountId, params.id, body)),
    }),
  })
  const remove = defineRoute({
    ...shared,
    method: 'delete',
    operationId: 'deleteDocument',
    summary: 'Delete a document for good',
    answers: { 204: { description: 'Deleted' } },
    handler: async ({ principal, params }) => {
      await deleteDocument(context, principal.accountId, params.id)
      return { status: 204 }
    },
  })
  return [read, change, remove]
}
