import { type Reply, send } from './edge.ts'

type Parts = {
  method?: string
  /** The access token of who asks. */
  as?: string
  json?: unknown
  form?: Record<string, string>
  bytes?: Buffer
  headers?: Record<string, string>
}

/** As far as a program looks that knows what it asks for. */
// biome-ignore lint/suspicious/noExplicitAny: Any answer of any release.
type Answer = Reply & { json: any }

export type Visitor = {
  /** Throws when the answer is no good one. */
  ask: (path: string, parts?: Parts) => Promise<Answer>
  signIn: (person: { email: string; password: string }) => Promise<{ token: string; cookie: string }>
}

function encode({ json, form, bytes }: Parts): {
  body?: string | Buffer | undefined
  type?: Record<string, string>
} {
  if (json !== undefined) return { body: JSON.stringify(json), type: { 'content-type': 'application/json' } }
  if (form)
    return {
      body: new URLSearchParams(form).toString(),
      type: { 'content-type': 'application/x-www-form-urlencoded' },
    }
  return { body: bytes }
}

/** Asks an edge as a program does that people trust with their passwords. */
export function createVisitor(base: string): Visitor {
  async function ask(path: string, parts: Parts = {}): Promise<Answer> {
    const { body, type } = encode(parts)
    const { method = body === undefined ? 'GET' : 'POST', as, headers } = parts
    const authorization = as && { authorization: `Bearer ${as}` }
    const reply = await send(new URL(path, base).href, {
      method,
      body,
      headers: { ...type, ...authorization, ...headers },
    })
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.body}`)
    const isJson = /json/.test(reply.headers['content-type'] ?? '')
    return { ...reply, json: isJson ? JSON.parse(reply.body.toString()) : null }
  }

  return {
    ask,
    async signIn({ email, password }) {
      const { json, headers } = await ask('/auth/jwt/login', { form: { username: email, password } })
      return { token: json.access_token, cookie: refreshCookieOf(headers['set-cookie']) }
    },
  }
}

export const refreshCookieOf = (cookies: string[] = []): string =>
  cookies.find((cookie) => cookie.includes('finity-refresh='))?.split(';')[0] ?? ''
