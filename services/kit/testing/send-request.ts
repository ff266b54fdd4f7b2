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

/** One HTTP request to a served app; the body of the answer is parsed when it is JSON. */
export async function sendRequest(url: string, parts: RequestParts = {}): Promise<Answer> {
  const { body, type } = contentOf(parts)
  const response = await fetch(url, {
    method: parts.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(type && { 'content-type': type }),
      ...(parts.token !== undefined && { authorization: `Bearer ${parts.token}` }),
      ...parts.headers,
    },
    ...(body !== undefined && { body }),
    redirect: 'manual',
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}

function contentOf({ json, form, raw }: RequestParts): {
  body?: string | Uint8Array<ArrayBuffer>
  type?: string
} {
  if (raw) return raw
  if (form) return { body: new URLSearchParams(form).toString(), type: 'application/x-www-form-urlencoded' }
  return json === undefined ? {} : { body: JSON.stringify(json), type: 'application/json' }
}
