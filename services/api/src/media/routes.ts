import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { requireAccount } from '../access/require-account.ts'
import type { Context } from '../context.ts'
import { changeMedia, deleteMedia, restoreMedia } from './change-media.ts'
import { fileRoutes } from './file-routes.ts'
import { listMedia } from './list-media.ts'
import { readMedia, showMedia } from './read-media.ts'
import * as schemas from './schemas.ts'
import { uploadRoute } from './upload-route.ts'

const single = '/api/media/{id}'
const tag = 'media'
const notFound = ['MEDIA_NOT_FOUND']

export function mediaRoutes(context: Context): Route[] {
  return [uploadRoute(context), listRoute(context), ...singleRoutes(context), ...fileRoutes(context)]
}

function listRoute(context: Context): Route {
  return defineRoute({
    method: 'get',
    path: '/api/media',
    operationId: 'listMedia',
    summary: 'One page of your media, newest first',
    tag,
    guard: requireAccount(context),
    query: schemas.listQuery,
    answers: { 200: { description: 'A page', schema: schemas.mediaPage } },
    handler: async ({ principal, query: { deleted, ...page } }) => {
      const wanted = { ...page, isDeleted: deleted === 'true' }
      const { media, nextCursor } = await listMedia(context, principal.accountId, wanted)
      const items = media.map((medium) => showMedia(context, principal, medium))
      return { status: 200, body: { items, next_cursor: nextCursor } }
    },
  })
}

function singleRoutes(context: Context): Route[] {
  const shared = {
    path: single,
    tag,
    guard: requireAccount(context),
    params: schemas.mediaPath,
    query: schemas.noQuery,
    faults: { 404: notFound },
  }
  const one = { description: 'The medium', schema: schemas.mediaRead }
  const read = defineRoute({
    ...shared,
    method: 'get',
    operationId: 'readMedia',
    summary: 'What is known of a medium',
    answers: { 200: one },
    handler: async ({ principal, params }) => {
      const medium = await readMedia(context, principal.accountId, params.id)
      return { status: 200, body: showMedia(context, principal, medium) }
    },
  })
  const change = defineRoute({
    ...shared,
    method: 'patch',
    operationId: 'changeMedia',
    summary: 'Rename a medium, or say what it shows',
    body: { as: 'json', schema: schemas.mediaChanges },
    answers: { 200: one },
    faults: { 404: notFound, 409: ['MEDIA_DELETED'] },
    handler: async ({ principal, params, body }) => {
      const changes = { name: body.name, altText: body.alt_text }
      const medium = await changeMedia(context, principal.accountId, params.id, changes)
      return { status: 200, body: showMedia(context, principal, medium) }
    },
  })
  const remove = defineRoute({
    ...shared,
    method: 'delete',
    operationId: 'deleteMedia',
    summary: 'Delete a medium; it can be restored for 24 hours',
    answers: { 204: { description: 'Deleted' } },
    handler: async ({ principal, params }) => {
      await deleteMedia(context, principal.accountId, params.id)
      return { status: 204 }
    },
  })
  const restore = defineRoute({
    ...shared,
    path: `${single}/restore`,
    method: 'post',
    operationId: 'restoreMedia',
    summary: 'Bring a deleted medium back',
    answers: { 200: one },
    faults: { 403: ['PLAN_LIMIT_REACHED'], 404: notFound },
    handler: async ({ principal, params }) => {
      const medium = await restoreMedia(context, principal.accountId, params.id)
      return { status: 200, body: showMedia(context, principal, medium) }
    },
  })
  return [read, change, remove, restore]
}
