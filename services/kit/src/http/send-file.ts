import type { Response } from 'express'
import type { AnswerHeaders, FileBody } from './define-route.ts'
import { PreconditionFailed, RangeNotSatisfiable } from './http-errors.ts'

type FileAnswer = { status: number; headers?: AnswerHeaders; body: FileBody }

/** Sends a file, or the part, the 304, 412 or 416 that the request's conditions ask for. RFC 9110 sections 13 and 14. */
export async function sendFile(response: Response, { status, headers, body }: FileAnswer): Promise<void> {
  const before = response.getHeaders()
  response.status(status).set(headers ?? {})
  if (isKnown(response)) return void response.status(304).end()
  response.type(body.mediaType)
  if (body.sentBy === 'edge') return void response.set('X-Accel-Redirect', `/${body.path}`).end()
  try {
    await stream(response, body)
  } catch (error) {
    // What was said of the file is not true of an error.
    if (!response.headersSent) replaceHeaders(response, before)
    throw toAppError(error)
  }
}

/** Also when the client asks its caches to ask: `sendFile` would take Cache-Control: no-cache for a wish to get it again. */
function isKnown(response: Response): boolean {
  const known = response.req
    .get('If-None-Match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  return known?.some((tag) => tag === '*' || tag === response.get('ETag')) ?? false
}

function stream(response: Response, { root, path }: FileBody): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const options = { root, lastModified: false, cacheControl: false }
  response.sendFile(path, options, (error) => (error && !hasLeft(error) ? reject(error) : resolve()))
  return promise
}

function hasLeft(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ECONNABORTED' || error.syscall === 'write'
}

function replaceHeaders(response: Response, headers: ReturnType<Response['getHeaders']>): void {
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) response.setHeader(name, value)
}

type SendError = Error & { status?: number; headers?: { 'Content-Range'?: string } }

function toAppError(error: unknown): unknown {
  const { status, headers } = error as SendError
  if (status === 416) return new RangeNotSatisfiable(headers?.['Content-Range'] ?? 'bytes */*')
  return status === 412 ? new PreconditionFailed() : error
}
