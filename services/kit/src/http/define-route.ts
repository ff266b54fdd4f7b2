import type { Readable } from 'node:stream'
import { type ZodType, z } from 'zod'
import type { Logger } from '../process/create-logger.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** What a handler may know of the request besides its checked input. */
export type RequestFacts = {
  requestId: string
  log: Logger
  /** The client's, behind the configured number of proxies. */
  clientAddress: string
  /** As it was sent, without the query. */
  path: string
  /** A value of the query that was sent once. */
  query: (name: string) => string | undefined
  header: (name: string) => string | undefined
}

export type RouteInput<Params, Query, Body, Principal> = {
  params: Params
  query: Query
  body: Body
  /** Whom the guard let in. */
  principal: Principal
  request: RequestFacts
}

export type BodyDeclaration<Schema extends ZodType = ZodType> = {
  /** `bytes` is read as it is, of any type; `stream` is left to the handler to read. */
  as: 'json' | 'form' | 'bytes' | 'stream'
  schema: Schema
  /** Default 100 kB. A larger body is refused with 413. A stream has the limits of its handler. */
  limitBytes?: number
}

/** The schemas of bodies that are not parsed. */
export const bytesBody = z.instanceof(Buffer)
export const streamBody = z.custom<Readable>()

/** A file as an answer, whole or the range that the client asks for. Its validator is the ETag among the headers. */
export type FileBody = {
  mediaType: string
  /** A folder, and the place of the file in it. */
  root: string
  path: string
  /** `edge`: the proxy in front sends it, from its own mount of the folder. */
  sentBy: 'service' | 'edge'
}

/** A success: JSON of a schema, text or bytes of another media type, a file, or no body. Errors are documented by `faults`. */
export type AnswerDeclaration = {
  description: string
  schema?: ZodType
  /** The body is a FileBody; conditional and range requests are answered for the handler. */
  file?: true
  /** The media type of a body that is not JSON. */
  content?: string
  headers?: Record<string, string>
}

export type Answers = Record<number, AnswerDeclaration>

/** A list is a header that is sent several times, as Set-Cookie is. */
export type AnswerHeaders = Record<string, string | string[]>

export type RouteAnswer = { status: number; body?: unknown; headers?: AnswerHeaders }

type AnswerOf<A extends Answers> = {
  [S in keyof A & number]: { status: S; headers?: AnswerHeaders } & (A[S] extends {
    schema: infer Schema
  }
    ? { body: z.input<Schema> }
    : A[S] extends { content: string }
      ? { body: string | Uint8Array }
      : A[S] extends { file: true }
        ? { body: FileBody }
        : { body?: undefined })
}[keyof A & number]

export type RouteDeclaration<
  Params extends ZodType,
  Query extends ZodType,
  Body extends ZodType,
  Principal,
  A extends Answers,
> = {
  method: Method
  /** As OpenAPI writes it: /api/documents/{id} */
  path: string
  operationId: string
  summary: string
  tag: string
  /** Throws Unauthorized, or says who asks. A route with a guard is documented as needing a bearer token. */
  guard?: (request: RequestFacts) => Promise<Principal>
  /** The cookie that opens the route, for its documentation. */
  cookie?: string
  /** The part of the query that opens the route in place of a token, for its documentation. */
  signature?: string
  /** For a route that a cookie opens, or that sets one: another site's page may not call it. */
  refuseCrossOrigin?: boolean
  params?: Params
  query?: Query
  /** Headers that the handler reads, by name, for the documentation. */
  requestHeaders?: Record<string, string>
  body?: BodyDeclaration<Body>
  answers: A
  /** Domain error codes by status, for the documentation. What every route can answer is added by itself. */
  faults?: Record<number, string[]>
  handler: (
    input: RouteInput<z.output<Params>, z.output<Query>, z.output<Body>, Principal>,
  ) => Promise<AnswerOf<NoInfer<A>>>
}

export type Route = Omit<RouteDeclaration<ZodType, ZodType, ZodType, unknown, Answers>, 'handler'> & {
  handler: (input: RouteInput<unknown, unknown, unknown, unknown>) => Promise<RouteAnswer>
}

/** Declares a route once; the router and the OpenAPI document both come from it. */
export function defineRoute<
  Params extends ZodType,
  Query extends ZodType,
  Body extends ZodType,
  Principal,
  const A extends Answers,
>(route: RouteDeclaration<Params, Query, Body, Principal, A>): Route {
  return route as unknown as Route
}
