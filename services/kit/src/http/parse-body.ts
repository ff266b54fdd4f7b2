import express, { type RequestHandler } from 'express'
import type { BodyDeclaration } from './define-route.ts'
import { UnsupportedMediaType } from './http-errors.ts'

const mediaTypes = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const

export const defaultBodyLimitBytes = 100_000

export function mediaTypeOf(body: BodyDeclaration): string {
  return mediaTypes[body.as]
}

/** Reads the body that a route declares. A body of another type is refused, a missing one is left to the schema. */
export function parseBody(body: BodyDeclaration): RequestHandler[] {
  const type = mediaTypeOf(body)
  // Compressed bodies are refused: nobody needs them here, and they hide their size.
  const options = { type, limit: body.limitBytes ?? defaultBodyLimitBytes, inflate: false }
  const parse =
    body.as === 'json'
      ? express.json(options)
      : express.urlencoded({ ...options, extended: false, parameterLimit: 50 })
  const refuseOtherTypes: RequestHandler = (request, _response, next) => {
    // `is` answers null for a request without a body and false for a body of another type. An empty body has no type.
    const isOther = request.is(type) === false && request.get('Content-Length') !== '0'
    next(isOther ? new UnsupportedMediaType(type) : undefined)
  }
  return [refuseOtherTypes, parse]
}
