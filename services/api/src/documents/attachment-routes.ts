import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { z } from 'zod'
import { requireAccount } from '../access/require-account.ts'
import type { Context } from '../context.ts'
import { mediaRead } from '../media/schemas.ts'
import { attachMedia, detachMedia, listAttached } from './attach-media.ts'
import { attachmentPath, documentPath, noQuery } from './schemas.ts'

const path = '/api/documents/{id}/media'
const tag = 'documents'
const attachedMedia = z.object({ items: z.array(mediaRead) }).meta({ title: 'AttachedMedia' })

export function attachmentRoutes(context: Context): Route[] {
  const shared = { tag, guard: requireAccount(context), query: noQuery }
  const one = {
    ...shared,
    path: `${path}/{media_id}`,
    params: attachmentPath,
    faults: { 404: ['DOCUMENT_NOT_FOUND', 'MEDIA_NOT_FOUND'], 409: ['DOCUMENT_IN_TRASH', 'TOO_MANY_MEDIA'] },
  }
  const list = defineRoute({
    ...shared,
    method: 'get',
    path,
    operationId: 'listAttachedMedia',
    summary: 'What is attached to a document, in the order of attaching',
    params: documentPath,
    answers: { 200: { description: 'The media', schema: attachedMedia } },
    faults: { 404: ['DOCUMENT_NOT_FOUND'] },
    handler: async ({ principal, params }) => ({
      status: 200,
      body: { items: await listAttached(context, principal, params.id) },
    }),
  })
  const attach = defineRoute({
    ...one,
    method: 'put',
    operationId: 'attachMedia',
    summary: 'Attach a medium to a document',
    answers: { 204: { description: 'Attached' } },
    handler: async ({ principal, params }) => {
      await attachMedia(context, principal, params.id, params.media_id)
      return { status: 204 }
    },
  })
  const detach = defineRoute({
    ...one,
    method: 'delete',
    operationId: 'detachMedia',
    summary: 'Detach a medium from a document; the medium stays',
    answers: { 204: { description: 'Detached' } },
    handler: async ({ principal, params }) => {
      await detachMedia(context, principal, params.id, params.media_id)
      return { status: 204 }
    },
  })
  return [list, attach, detach]
}
