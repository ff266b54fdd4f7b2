import { Readable } from 'node:stream'
import type { Request } from 'express'
import type { ZodType } from 'zod'
import type { Route } from './define-route.ts'
import { type InputFault, InvalidInput } from './http-errors.ts'
import { inputFaults } from './input-faults.ts'

type Place = 'path' | 'query' | 'body'

export type CheckedInput = { params: unknown; query: unknown; body: unknown }

/** Checks path, query and body together, so that one answer names all faults. */
export function readInput(route: Route, request: Request): CheckedInput {
  const faults: InputFault[] = []
  const input = {
    params: check('path', route.params, request.params, faults),
    query: check('query', route.query, request.query, faults),
    body: check('body', route.body?.schema, request.body, faults),
  }
  if (faults.length > 0) throw new InvalidInput(faults)
  return input
}

function check(place: Place, schema: ZodType | undefined, raw: unknown, faults: InputFault[]): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(raw)
  if (!result.success) {
    faults.push(...inputFaults(result.error.issues, place, raw))
    return undefined
  }
  // The checked value holds declared fields only, so its depth is the schema's and not the sender's.
  faults.push(...unstorableText(result.data, [place]))
  return result.data
}

/** PostgreSQL stores no NUL, and half a surrogate pair is no text in UTF-8. */
function unstorableText(value: unknown, loc: InputFault['loc']): InputFault[] {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? [notText(loc)] : []
  if (Array.isArray(value)) return value.flatMap((item, index) => unstorableText(item, [...loc, index]))
  if (typeof value !== 'object' || value === null || isUnparsed(value)) return []
  return Object.entries(value).flatMap(([key, item]) => unstorableText(item, [...loc, key]))
}

/** A body that is left as bytes or as a stream is no text of ours. */
function isUnparsed(value: object): boolean {
  return value instanceof Uint8Array || value instanceof Readable
}

function notText(loc: InputFault['loc']): InputFault {
  return {
    type: 'string_unicode',
    loc,
    msg: 'Input should be a valid string, without NUL characters or unpaired surrogates',
  }
}
