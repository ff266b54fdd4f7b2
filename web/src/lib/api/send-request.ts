import { untilReachable } from '../connection.ts'
import { HttpFailure, NetworkFailure } from '../failures.ts'
import { readProblem } from '../problem.ts'

const TIMEOUT_MS = 20_000

/** Sends one request. Resolves with an answer that is no refusal; throws HttpFailure or NetworkFailure. */
export async function sendRequest(request: Request): Promise<Response> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)])
  const response = await fetch(request, { signal }).catch((cause) => {
    if (request.signal.aborted) throw cause
    untilReachable()
    throw new NetworkFailure('no answer', { cause })
  })
  return acceptAnswer(response)
}

/** The answer, unless it is a refusal: that is thrown as HttpFailure. */
export async function acceptAnswer(response: Response): Promise<Response> {
  if (response.ok) return response
  const body: unknown = await response.json().catch(() => null)
  const retryAfterSeconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10)
  throw new HttpFailure(
    readProblem(response.status, body, response.headers.get('X-Request-Id')),
    Number.isNaN(retryAfterSeconds) ? null : retryAfterSeconds,
  )
}
