import { HttpFailure, NetworkFailure } from './failures.ts'
import { readProblem } from './problem.ts'
import { endSession, readSession } from './session.ts'

const TIMEOUT_MS = 20_000

type RequestOptions = {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  json?: unknown
  form?: Record<string, string>
  /** Stands in for the session's own token; null sends none. */
  accessToken?: string | null
  signal?: AbortSignal
  /** Lets the request outlive the page. */
  keepalive?: boolean
}

/** Sends one request to a service. Resolves with its JSON; throws HttpFailure or NetworkFailure. */
export async function request<T>(url: string, options: RequestOptions = {}): Promise<T> {
  const accessToken = options.accessToken === undefined ? readSession()?.accessToken : options.accessToken
  const response = await send(url, options, accessToken ?? null)
  if (response.ok) return response.status === 204 ? (undefined as T) : readJson<T>(response)
  if (response.status === 401) endSessionOf(accessToken ?? null)
  throw await asFailure(response)
}

async function send(url: string, options: RequestOptions, accessToken: string | null) {
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

/** A late 401 for an older token says nothing about the session that replaced it. */
function endSessionOf(accessToken: string | null) {
  if (accessToken && accessToken === readSession()?.accessToken) endSession('expired')
}
