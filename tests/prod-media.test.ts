import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { beforeAll, describe, expect, test } from 'vitest'
import { aPicture } from './support/picture.ts'
import { baseUrl, containers, docker, until } from './support/stack.ts'

type Reply = { status: number; headers: IncomingHttpHeaders; body: Buffer }
type Media = { id: string; variant_state: string; links: Record<'content' | 'thumbnail', string> }
type Parts = { method?: string; headers?: Record<string, string>; body?: string | Buffer }

/** Through the edge. Who vouches for its certificate is a test of its own. */
async function send(path: string, { method = 'GET', headers = {}, body }: Parts = {}): Promise<Reply> {
  const outgoing = request(new URL(path, baseUrl), { method, headers, rejectUnauthorized: false })
  outgoing.end(body)
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: await buffer(incoming) }
}

let authorization = ''

beforeAll(async () => {
  const person = { email: `${randomUUID()}@example.com`, password: 'correct horse battery' }
  const json = { 'content-type': 'application/json' }
  await send('/auth/register', { method: 'POST', headers: json, body: JSON.stringify(person) })
  const form = new URLSearchParams({ username: person.email, password: person.password }).toString()
  const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' }
  const { body } = await send('/auth/jwt/login', { method: 'POST', headers: urlencoded, body: form })
  authorization = `Bearer ${JSON.parse(body.toString()).access_token}`
})

async function upload(name: string, body: Buffer): Promise<Media> {
  const reply = await send(`/api/media?name=${name}`, { method: 'POST', headers: { authorization }, body })
  expect(reply.status, reply.body.toString()).toBe(201)
  return JSON.parse(reply.body.toString())
}

const readMedia = async (id: string): Promise<Media> =>
  JSON.parse((await send(`/api/media/${id}`, { headers: { authorization } })).body.toString())

/** A film by its beginning, and by nothing else. */
const film = Buffer.concat([
  Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'),
  randomBytes(3_000_000),
])

describe('the edge', () => {
  test('sends a file that was uploaded, as the api describes it', async () => {
    const { links } = await upload('film.mp4', film)

    const { status, headers, body } = await send(links.content)

    expect(status).toBe(200)
    expect(body.equals(film)).toBe(true)
    expect(headers).toMatchObject({
      'content-type': 'video/mp4',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=3600',
      etag: `"${createHash('sha256').update(film).digest('hex')}"`,
    })
    expect(headers).not.toHaveProperty('x-accel-redirect')
    // Its own file server says when a file was written; the api does not.
    expect(headers).toHaveProperty('last-modified')
  })

  test('sends the part that is asked for, and nothing to who has it already', async () => {
    const { links } = await upload('film.mp4', film)
    const { etag = '' } = (await send(links.content, { method: 'HEAD' })).headers

    const part = await send(links.content, { headers: { range: 'bytes=4-7', 'if-range': etag } })
    const known = await send(links.content, { headers: { 'if-none-match': etag } })

    expect([part.status, part.body.toString()]).toEqual([206, 'ftyp'])
    expect([known.status, known.body.length]).toEqual([304, 0])
  })

  test('sends no file because a request says so', async () => {
    const { id, links } = await upload('secret.txt', Buffer.from('secret'))
    const place = `/${id.slice(-2)}/${id}/original`

    const replies = await Promise.all([
      send(`/api/media/${id}/content`, { headers: { 'x-accel-redirect': place } }),
      send(`${links.content}0`, { headers: { 'x-accel-redirect': place } }),
      send(place),
      send(`/media${place}`),
    ])

    expect(replies.map(({ body }) => body.toString()).filter((body) => body.includes('secret'))).toEqual([])
  })

  test('can read what people upload, and change nothing of it', () => {
    const mount = containers('prod')
      .get('web')
      ?.Mounts.find(({ Destination }) => Destination === '/media')

    expect(mount?.RW).toBe(false)
  })
})

test('the image without a shell makes small pictures', async () => {
  const { id } = await upload('red.png', aPicture(400))

  await until(async () => (await readMedia(id)).variant_state === 'ready')

  const { links } = await readMedia(id)
  const { headers, body } = await send(links.thumbnail)
  expect(headers['content-type']).toBe('image/webp')
  expect(body.toString('latin1', 8, 12)).toBe('WEBP')
})

test('what opens a file is in no log', async () => {
  const { links } = await upload('a.txt', Buffer.from('text'))
  const signature = new URL(links.content, baseUrl).searchParams.get('signature') ?? ''

  await send(links.content)

  const logs = ['web', 'api'].map((name) => docker('logs', containers('prod').get(name)?.Name.slice(1) ?? ''))
  expect(logs[1]).toContain('/content')
  expect(logs.join('')).not.toContain(signature)
})
