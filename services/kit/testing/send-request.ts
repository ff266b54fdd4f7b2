export type Answer = { status: number; headers: Headers; body: unknown }

export type RequestParts = {
  method?: string
  token?: string
  json?: unknown
  form?: Record<string, string>
  /** A body as it is, with its content type. */
  raw?: { body: string | Uint8Array<ArrayBuffer>; type: string }
  headers?: Record<string, string>
}

/** One HTTP request to a served app. */
export async function sendRequest(url: string, parts: RequestParts = {}): Promise<Answer> {
  const { body, type } = contentOf(parts)
  const response = await fetch(url, {
    method: methodOf(parts),
    headers: {
      ...(type && { 'content-type': type }),
      ...(parts.token !== undefined && { authorization: `Bearer ${parts.token}` }),
      ...parts.headers,
    },
    ...(body !== undefined && { body }),
    redirect: 'manual',
  })
  return readAnswer(response.status, response.headers, await response.text())
}

/** The body is parsed when it is JSON. */
export function readAnswer(status: number, headers: Headers, text: string): Answer {
  const isJson = text !== '' && headers.get('content-type')?.includes('json')
  return { status, headers, body: isJson ? JSON.parse(text) : text }
}

/** GET without a body and POST with one, when nothing else is said. */
export function methodOf(parts: RequestParts): string {
  return parts.method ?? (contentOf(parts).body === undefined ? 'GET' : 'POST')
}

function contentOf({ json, form, raw }: RequestParts): {
  body?: string | Uint8Array<ArrayBuffer>
  type?: string
} {
  if (raw) return raw
  if (form) return { body: new URLSearchParams(form).toString(), type: 'application/x-www-form-urlencoded' }
  return json === undefined ? {} : { body: JSON.stringify(json), type: 'application/json' }
}
