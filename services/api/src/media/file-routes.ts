import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import type { Context } from '../context.ts'
import { type VariantKind, variantKinds } from './media-storage.ts'
import { requireReader } from './require-reader.ts'
import * as schemas from './schemas.ts'
import { sendOriginal, sendVariant } from './send-media.ts'

const summaries: Record<VariantKind, string> = {
  thumbnail: 'The picture, at most 320 pixels wide and high',
  medium: 'The picture, at most 1600 pixels wide and high',
}

const file = {
  description: 'The file',
  file: true,
  headers: { ETag: 'Its version', 'Content-Disposition': 'Whether it is shown in place, and its name' },
} as const

/** For a page's own elements, which send no token: a link from the medium opens these too. */
export function fileRoutes(context: Context): Route[] {
  const shared = {
    method: 'get',
    tag: 'media',
    guard: requireReader(context),
    signature: 'signature',
    params: schemas.mediaPath,
    requestHeaders: {
      Range: 'A part only',
      'If-Range': 'The ETag that the part belongs to',
      'If-None-Match': 'The ETag that is known',
    },
    answers: { 200: file },
  } as const
  const content = defineRoute({
    ...shared,
    path: '/api/media/{id}/content',
    operationId: 'readMediaContent',
    summary: 'The file as it was uploaded',
    query: schemas.fileQuery,
    faults: { 404: ['MEDIA_NOT_FOUND'] },
    handler: ({ principal, params, query }) =>
      sendOriginal(context, principal, params.id, query.download === 'true'),
  })
  const variants = variantKinds.map((kind) =>
    defineRoute({
      ...shared,
      path: `/api/media/{id}/${kind}`,
      operationId: `readMedia${kind === 'medium' ? 'Medium' : 'Thumbnail'}`,
      summary: summaries[kind],
      query: schemas.fileQuery.omit({ download: true }),
      faults: { 404: ['MEDIA_NOT_FOUND', 'VARIANT_NOT_READY'] },
      handler: ({ principal, params }) => sendVariant(context, principal, params.id, kind),
    }),
  )
  return [content, ...variants]
}
