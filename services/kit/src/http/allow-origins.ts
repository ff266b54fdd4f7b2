import type { RequestHandler } from 'express'

const exposedHeaders = 'ETag, Idempotency-Replayed, Location, Retry-After, X-Request-Id'
const requestHeaders =
  'Authorization, Content-Digest, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id'

/**
 * CORS for an exact list of origins; an empty list sends no CORS header at all.
 * A preflight from another origin gets no permission, and the browser refuses for us. Source: Fetch standard, section 3.3.
 */
export function allowOrigins(origins: string[]): RequestHandler {
  return (request, response, next) => {
    if (origins.length === 0) return next()
    response.vary('Origin')
    const origin = request.get('Origin')
    const isAllowed = origin !== undefined && origins.includes(origin)
    if (isAllowed) {
      response.set('Access-Control-Allow-Origin', origin)
      response.set('Access-Control-Allow-Credentials', 'true')
      response.set('Access-Control-Expose-Headers', exposedHeaders)
    }
    const isPreflight =
      request.method === 'OPTIONS' && request.get('Access-Control-Request-Method') !== undefined
    if (!isPreflight) return next()
    if (isAllowed) {
      response.set('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE')
      response.set('Access-Control-Allow-Headers', requestHeaders)
      response.set('Access-Control-Max-Age', '600')
    }
    response.status(204).end()
  }
}
