import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Answer, readAnswer } from '@finity/kit/testing/send-request.ts'
import type { Api } from './start-api.ts'

export type SlowUpload = {
  /** Sends more of the body; resolves when the connection has taken it. */
  send: (bytes: Uint8Array) => Promise<void>
  /** Cuts the connection. */
  cut: () => void
  /** The answer, whenever it comes. */
  answer: Promise<Answer>
}

/** An upload by hand: its headers are sent, its body is not yet. Without `length` it is sent in chunks. */
export async function aSlowUpload(
  { url }: Pick<Api, 'url'>,
  token: string,
  length?: number,
  headers: Record<string, string> = {},
): Promise<SlowUpload> {
  const outgoing = request(`${url}/api/media?name=slow.txt`, {
    method: 'POST',
    agent: false,
    headers: {
      authorization: `Bearer ${token}`,
      ...(length === undefined ? { 'transfer-encoding': 'chunked' } : { 'content-length': length }),
      ...headers,
    },
  })
  // A cut connection, or one that the other side closed after its answer.
  outgoing.on('error', () => {})
  const answer = readWhole(outgoing)
  answer.catch(() => {})
  outgoing.flushHeaders()
  await once(outgoing, 'socket')
  return {
    answer,
    send: async (bytes) => {
      if (!outgoing.write(bytes)) await once(outgoing, 'drain')
    },
    cut: () => outgoing.destroy(),
  }
}

async function readWhole(outgoing: ClientRequest): Promise<Answer> {
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
  const content = await text(incoming)
  outgoing.destroy()
  return readAnswer(
    incoming.statusCode ?? 0,
    new Headers(incoming.headers as Record<string, string>),
    content,
  )
}
