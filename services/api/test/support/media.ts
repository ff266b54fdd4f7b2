import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import type { Answer } from '@finity/kit/testing/send-request.ts'
import sharp, { type Sharp } from 'sharp'
import type { MediaRead } from '../../src/media/schemas.ts'
import type { Api } from './start-api.ts'

const path = '/api/media'

export type Bytes = Uint8Array<ArrayBuffer>

/** Several parts as one. */
export function bytesOf(...parts: (Uint8Array | string)[]): Bytes {
  return new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))))
}

export const textBytes = (text: string): Bytes => new Uint8Array(Buffer.from(text))

export type UploadParts = { name?: string; altText?: string; headers?: Record<string, string> }

/** Sends bytes as a new medium. */
export function upload(
  api: Pick<Api, 'send'>,
  token: string,
  body: Bytes | string,
  { name = 'a.bin', altText, headers = {} }: UploadParts = {},
): Promise<Answer> {
  const query = new URLSearchParams({ name, ...(altText !== undefined && { alt_text: altText }) })
  const raw = { body, type: 'application/octet-stream' }
  return api.send(`${path}?${query}`, { token, raw, headers })
}

/** A stored medium; throws when it was refused. */
export async function aMedium(
  api: Api,
  token: string,
  body: Bytes | string = 'text',
  parts?: UploadParts,
): Promise<MediaRead> {
  const answer = await upload(api, token, body, parts)
  if (answer.status !== 201) throw new Error(`Refused: ${JSON.stringify(answer.body)}`)
  return answer.body as MediaRead
}

export async function readMedium(api: Api, token: string, id: string): Promise<MediaRead> {
  return (await api.send(`${path}/${id}`, { token })).body as MediaRead
}

export async function namesOf(api: Api, token: string, query = ''): Promise<string[]> {
  const { body } = await api.send(path + query, { token })
  return (body as { items: MediaRead[] }).items.map(({ name }) => name)
}

export type PictureParts = {
  width?: number
  height?: number
  format?: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'tiff'
}

/** Half red, half blue: left and right, so that turning it shows. */
export function drawPicture({ width = 40, height = 20 }: PictureParts = {}): Sharp {
  const half = { create: { width: width / 2, height, channels: 3, background: 'blue' } } as const
  return sharp({ create: { width, height, channels: 3, background: 'red' } }).composite([
    { input: half, left: width / 2, top: 0 },
  ])
}

export async function aPicture({ format = 'png', ...size }: PictureParts = {}): Promise<Bytes> {
  return new Uint8Array(await drawPicture(size).toFormat(format).toBuffer())
}

export type Leftovers = { rows: number; files: string[]; usage: number }

/** All that is there of anybody's media: rows, files, and the bytes that plans count. */
export async function whatIsThere({ query, context }: Api): Promise<Leftovers> {
  const [row] = await query<{ rows: number; usage: number }>(
    `select (select count(*)::int from media) as rows,
            (select coalesce(sum(storage_bytes), 0)::int from usage) as usage`,
  )
  return { rows: row?.rows ?? 0, usage: row?.usage ?? 0, files: await filesOf(context.storage.root) }
}

export const nothing: Leftovers = { rows: 0, files: [], usage: 0 }

/** The names of all files in a folder. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}

/** The bytes of an answer, whatever they are. */
export async function fetchBytes(
  api: Api,
  link: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const response = await fetch(api.url + link, { headers, redirect: 'manual' })
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  }
}

/** A token of an account that has nothing, in a session that is known. */
export async function aSession(api: Api): Promise<{ token: string; sessionId: string; accountId: string }> {
  const [accountId, sessionId] = [randomUUID(), randomUUID()]
  return { accountId, sessionId, token: await api.issuer.sign(accountId, { sid: sessionId }) }
}
