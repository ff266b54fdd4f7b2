import { HttpFailure, NetworkFailure } from './failures.ts'
import { readProblem } from './problem.ts'

const TIMEOUT_MS = 20_000

export type RequestOptions = {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  json?: unknown
  form?: Record<string, string>
  signal?: AbortSignal
  /** Lets the request outlive the page. */
  keepalive?: boolean
}

export async function sendRequest(
  url: string,
  options: RequestOptions,
  accessToken: string | null,
): Promise<Response> {
  const { method = 'GET', signal, keepalive = false } = options
  const headers = new Headers({ Accept: 'application/json' })
  if (accessToken) headers.set('Authorization', `Bearer ${accessToken}`)
  if (options.json !== undefined) headers.set('Content-Type', 'application/json')
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    return await fetch(url, {
      method,
      headers,
      keepalive,
      body: encodeBody(options),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new NetworkFailure('no answer', { cause })
  }
}

function encodeBody({ json, form }: RequestOptions): BodyInit | null {
  if (form) return new URLSearchParams(form)
  return json === undefined ? null : JSON.stringify(json)
}

/** Resolves with the answer's JSON; throws HttpFailure or NetworkFailure. */
export async function readAnswer<T>(response: Response): Promise<T> {
  if (!response.ok) throw await asFailure(response)
  return response.status === 204 ? (undefined as T) : readJson<T>(response)
}

async function readJson<T>(response: Response): Promise<T> {
  try {
    return await response.json()
  } catch (cause) {
    // A captive portal answers 200 with its own page.
    throw new NetworkFailure('not a JSON answer', { cause })
  }
}

async function asFailure(response: Response): Promise<HttpFailure> {
  const body: unknown = await response.json().catch(() => null)
  const retryAfterSeconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10)
  return new HttpFailure(
    readProblem(response.status, body, response.headers.get('X-Request-Id')),
    Number.isNaN(retryAfterSeconds) ? null : retryAfterSeconds,
  )
}
