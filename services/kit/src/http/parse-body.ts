import { isUtf8 } from 'node:buffer'
import express, { type RequestHandler } from 'express'
import type { BodyDeclaration } from './define-route.ts'
import { InvalidBody, UnsupportedMediaType } from './http-errors.ts'
import { giveTime } from './limit-body-time.ts'

const urlencoded = 'application/x-www-form-urlencoded'
const multipart = 'multipart/form-data'

/** The first is the documented way to send it. */
const mediaTypes = {
  json: ['application/json', 'application/*+json'],
  form: [urlencoded, multipart],
  bytes: ['*/*'],
  stream: ['*/*'],
} as const

export const defaultBodyLimitBytes = 100_000

/** The media types of a body, for its documentation. */
export function mediaTypesOf(body: BodyDeclaration): string[] {
  return mediaTypes[body.as].filter((type) => !type.includes('/*+'))
}

/** Reads the body that a route declares. A body of another type is refused, a missing one is left to the schema. */
export function parseBody(body: BodyDeclaration): RequestHandler[] {
  const types = [...mediaTypes[body.as]]
  // Compressed bodies are refused: nobody needs them here, and they hide their size.
  const options = { limit: body.limitBytes ?? defaultBodyLimitBytes, inflate: false }
  if (body.as === 'stream') return [passOn]
  if (body.as === 'bytes') return [express.raw({ ...options, type: () => true })]
  const refuseOtherTypes: RequestHandler = (request, _response, next) => {
    // `is` answers null for a request without a body and false for a body of another type. An empty body has no type.
    const isOther = request.is(types) === false && request.get('Content-Length') !== '0'
    next(isOther ? new UnsupportedMediaType(types[0]) : undefined)
  }
  if (body.as === 'json') {
    const json = express.json({ ...options, type: types, strict: false, verify: refuseBrokenText })
    return [refuseOtherTypes, json, leaveOutEmpty]
  }
  return [
    refuseOtherTypes,
    express.urlencoded({ ...options, type: urlencoded, extended: false, parameterLimit: 50 }),
    express.raw({ ...options, type: multipart }),
    readMultipart,
    tidyForm,
  ]
}

const passOn: RequestHandler = (request, _response, next) => {
  giveTime(request)
  request.body = request
  next()
}

/** Text that is not UTF-8 would be read with replacement characters: two passwords could become one. */
function refuseBrokenText(_request: unknown, _response: unknown, bytes: Buffer, encoding: string): void {
  if (encoding === 'utf-8' && !isUtf8(bytes)) throw new InvalidBody()
}

/** An empty body is none: the parser would make an object without fields of it. */
const leaveOutEmpty: RequestHandler = (request, _response, next) => {
  if (request.get('Content-Length') === '0') request.body = undefined
  next()
}

const readMultipart: RequestHandler = async (request, _response, next) => {
  if (!Buffer.isBuffer(request.body)) return next()
  const headers = { 'Content-Type': request.get('Content-Type') ?? '' }
  const form = new Response(new Uint8Array(request.body), { headers }).formData()
  request.body = Object.fromEntries(
    await form.catch((error: unknown) => {
      throw new InvalidBody(error)
    }),
  )
  next()
}

/** As FastAPI reads forms: of several values the last counts, and an empty one is none. */
const tidyForm: RequestHandler = (request, _response, next) => {
  const fields = Object.entries((request.body ?? {}) as Record<string, unknown>)
    .map(([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value])
    .filter(([, value]) => value !== '')
  request.body = Object.fromEntries(fields)
  next()
}
