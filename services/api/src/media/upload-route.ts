import { defineRoute, type Route, streamBody } from '@finity/kit/http/define-route.ts'
import { requireAccount } from '../access/require-account.ts'
import type { Context } from '../context.ts'
import { idempotencyHeader, replayHeader } from '../idempotency/read-claim.ts'
import { acceptUpload } from './accept-upload.ts'
import * as schemas from './schemas.ts'
import { linksOf } from './sign-links.ts'

export function uploadRoute(context: Context): Route {
  return defineRoute({
    method: 'post',
    path: '/api/media',
    operationId: 'uploadMedia',
    summary: 'Upload a file: the body is its bytes. Content-Length is required, Content-Type does not matter',
    tag: 'media',
    guard: requireAccount(context),
    query: schemas.newMedia,
    requestHeaders: {
      ...idempotencyHeader,
      'Content-Digest': 'sha-256=:…: of the bytes (RFC 9530); others than these are refused',
    },
    body: { as: 'stream', schema: streamBody },
    answers: {
      201: {
        description: 'The new medium, on the disk',
        schema: schemas.mediaRead,
        headers: { Location: 'Its path', ...replayHeader },
      },
    },
    faults: {
      400: ['CHECKSUM_MISMATCH'],
      403: ['PLAN_LIMIT_REACHED'],
      404: ['MEDIA_NOT_FOUND'],
      411: ['LENGTH_REQUIRED'],
      413: ['UPLOAD_TOO_LARGE'],
      415: ['MEDIA_TYPE_NOT_ALLOWED', 'UNSUPPORTED_MEDIA_TYPE'],
      422: ['EMPTY_UPLOAD', 'PICTURE_TOO_LARGE', 'PICTURE_UNREADABLE', 'IDEMPOTENCY_KEY_REUSED'],
      507: ['STORAGE_FULL'],
    },
    handler: async ({ principal, request, query, body }) => {
      const draft = { name: query.name, altText: query.alt_text }
      const answer = await acceptUpload(context, { principal, request, draft, body })
      const { id, variant_state } = answer.body
      return { ...answer, body: { ...answer.body, links: linksOf(context, principal, id, variant_state) } }
    },
  })
}
