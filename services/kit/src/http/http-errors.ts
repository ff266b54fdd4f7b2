import { AppError } from './app-error.ts'

/** One fault of the input, as FastAPI lists it: what kind, where, and a sentence for people. */
export type InputFault = { type: string; loc: (string | number)[]; msg: string }

/** 422. `detail` is the list of faults. */
export class InvalidInput extends AppError {
  readonly faults: InputFault[]

  constructor(faults: InputFault[]) {
    super(422, 'INVALID_INPUT')
    this.faults = faults
  }

  override get detail(): unknown {
    return this.faults
  }
}

/** 401. RFC 6750 section 3: the challenge names the scheme. */
export class Unauthorized extends AppError {
  constructor(cause?: unknown) {
    super(401, 'Unauthorized', { headers: { 'WWW-Authenticate': 'Bearer' }, cause })
  }
}

/** 403 for an account that may not do this. */
export class Forbidden extends AppError {
  constructor(code = 'Forbidden') {
    super(403, code)
  }
}

/** 403 for a request that a page of another site made its browser send. */
export class CrossOriginRefused extends AppError {
  constructor() {
    super(403, 'CROSS_ORIGIN_REFUSED')
  }
}

/** 429 with Retry-After in whole seconds. RFC 6585 section 4. */
export class TooManyRequests extends AppError {
  constructor(retryAfterSeconds: number) {
    super(429, 'TOO_MANY_REQUESTS', { headers: { 'Retry-After': String(retryAfterSeconds) } })
  }
}

/** 404 for a path that no route has. */
export class RouteNotFound extends AppError {
  constructor() {
    super(404, 'Not Found')
  }
}

/** 405 for a path that has routes, but none with this method. RFC 9110 section 15.5.6 asks for Allow. */
export class MethodNotAllowed extends AppError {
  constructor(allowed: string[]) {
    super(405, 'Method Not Allowed', { headers: { Allow: allowed.join(', ') } })
  }
}

export class MalformedUrl extends AppError {
  constructor(cause?: unknown) {
    super(400, 'MALFORMED_URL', { cause })
  }
}

export class InvalidBody extends AppError {
  constructor(cause?: unknown) {
    super(400, 'INVALID_BODY', { cause })
  }
}

export class BodyTooLarge extends AppError {
  constructor(cause?: unknown) {
    super(413, 'BODY_TOO_LARGE', { cause })
  }
}

/** 408 for a stream that comes to a stop, or nearly. RFC 9110 section 15.5.9 */
export class UploadTooSlow extends AppError {
  constructor() {
    super(408, 'UPLOAD_TOO_SLOW')
  }
}

/** 412: what the request's conditions are about has changed. */
export class PreconditionFailed extends AppError {
  constructor() {
    super(412, 'PRECONDITION_FAILED')
  }
}

/** 416. RFC 9110 section 15.5.17: Content-Range says how long the whole is. */
export class RangeNotSatisfiable extends AppError {
  constructor(contentRange: string) {
    super(416, 'RANGE_NOT_SATISFIABLE', { headers: { 'Content-Range': contentRange } })
  }
}

/** 415. RFC 9110 section 15.5.16: Accept says what would have been taken. */
export class UnsupportedMediaType extends AppError {
  constructor(accepted?: string, cause?: unknown) {
    super(415, 'UNSUPPORTED_MEDIA_TYPE', { headers: accepted ? { Accept: accepted } : {}, cause })
  }
}

/** 503 with Retry-After in whole seconds. The code names what is missing. */
export class ServiceUnavailable extends AppError {
  constructor(code: string, retryAfterSeconds: number, cause?: unknown) {
    super(503, code, { headers: { 'Retry-After': String(retryAfterSeconds) }, cause })
  }
}

/** 500. The client learns nothing but the request id. */
export class InternalError extends AppError {
  constructor(cause: unknown) {
    super(500, 'INTERNAL_ERROR', { cause })
  }

  override get detail(): unknown {
    return 'The server could not answer this request. Its request id finds the reason in the log.'
  }
}
