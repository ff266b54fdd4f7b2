import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { get as getPlain, type IncomingMessage } from 'node:http'
import { get as getSecure } from 'node:https'
import { dirname } from 'node:path'
import pg from 'pg'
import { createFolderStorage } from '../src/media/folder-storage.ts'
import { createLinkSigner } from '../src/media/sign-links.ts'

/**
 * One file through the edge, which asks the service who may have it, beside the same file from a bare Caddy: both in turns under
 * the same load, medians of the rounds. Runs in compose/bench.yml. Run: npm run bench -- downloads
 */
const rounds = 9
const connections = 4
const { DATABASE_URL = '', API_SECRET = '' } = process.env
const storage = createFolderStorage('/data/media')
const signer = createLinkSigner(() => [API_SECRET])

/** A stored medium. Returns the paths of its file at the edge and at the bare server. */
async function aFile(bytes: number): Promise<{ edge: string; bare: string }> {
  const [id, session, content] = [randomUUID(), randomUUID(), randomBytes(bytes)]
  const file = storage.pathOf(id, 'original')
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
  const client = new pg.Client({ connectionString: DATABASE_URL })
  await client.connect()
  await client.query(
    `insert into media (id, owner_id, name, media_type, size_bytes, sha256, state, created_at)
     values ($1, $2, 'film.mp4', 'video/mp4', $3, $4, 'stored', now())`,
    [id, randomUUID(), bytes, createHash('sha256').update(content).digest()],
  )
  await client.end()
  const path = `/api/media/${id}/content`
  const expires = String(Math.ceil(Date.now() / 1_000) + 3_600)
  const query = new URLSearchParams({ expires, session, signature: signer.sign(path, session, expires) })
  return { edge: `${path}?${query}`, bare: `/${storage.placeOf(id, 'original')}` }
}

async function download(url: string): Promise<number> {
  const options = { agent: false, rejectUnauthorized: false } as const
  const request = url.startsWith('https:') ? getSecure(url, options) : getPlain(url, options)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  if (response.statusCode !== 200) throw new Error(`${url} was answered with ${response.statusCode}.`)
  let bytes = 0
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length
  })
  await once(response, 'end')
  return bytes
}

/** Megabytes a second of some connections that each download a number of times. */
async function rateOf(url: string, times: number): Promise<number> {
  const startedAt = performance.now()
  const bytes = await Promise.all(
    Array.from({ length: connections }, async () => {
      let sum = 0
      for (let time = 0; time < times; time += 1) sum += await download(url)
      return sum
    }),
  )
  return bytes.reduce((sum, each) => sum + each, 0) / 1_000 / (performance.now() - startedAt)
}

/** The servers may be starting still. */
async function untilAnswers(url: string): Promise<void> {
  for (let attempt = 1; attempt < 50; attempt += 1) {
    if (await download(url).catch(() => 0)) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  await download(url)
}

const median = (samples: number[]) =>
  [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN

async function compare(protocol: string, megabytes: number, times: number) {
  const paths = await aFile(megabytes * 1_000_000)
  const urls = {
    bare: `${protocol}://bare.internal${paths.bare}`,
    edge: `${protocol}://web.internal${paths.edge}`,
  }
  const rates = { bare: [] as number[], edge: [] as number[] }
  for (const url of Object.values(urls)) await untilAnswers(url)
  for (let round = 0; round < rounds; round += 1) {
    rates.bare.push(await rateOf(urls.bare, times))
    rates.edge.push(await rateOf(urls.edge, times))
  }
  return {
    protocol,
    'file MB': megabytes,
    'bare MB/s': median(rates.bare).toFixed(0),
    'edge MB/s': median(rates.edge).toFixed(0),
    share: `${((100 * median(rates.edge)) / median(rates.bare)).toFixed(1)} %`,
  }
}

const rows = []
for (const protocol of ['https', 'http'])
  for (const [megabytes, times] of [
    [200, 1],
    [5, 20],
  ] as const)
    rows.push(await compare(protocol, megabytes, times))
console.table(rows)
