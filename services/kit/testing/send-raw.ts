import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Answer, readAnswer } from './send-request.ts'

/** Anything that Node can put on the wire: fetch refuses some headers, and bodies of some methods. */
export type RawRequest = {
  method: string
  path: string
  headers: Record<string, string | string[]>
  body?: string | Uint8Array | undefined
}

const timeoutMs = 5_000

export async function sendRaw(
  url: string,
  { method, path, headers, body = '' }: RawRequest,
): Promise<Answer> {
  const { hostname, port } = new URL(url)
  const length = headers['transfer-encoding'] ? {} : { 'content-length': Buffer.byteLength(body) }
  const outgoing = request({
    hostname,
    port,
    method,
    path,
    agent: false,
    timeout: timeoutMs,
    // A server that closes after its answer would cut off a client that still sends.
    headers: { connection: 'keep-alive', ...(body.length > 0 && length), ...headers },
  })
  outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)))
  outgoing.end(body)
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
  // The rest of a body may find the connection closed once the answer is here.
  outgoing.on('error', () => {})
  const content = await text(incoming)
  outgoing.destroy()
  const answered = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  return readAnswer(incoming.statusCode ?? 0, new Headers(answered), content)
}
