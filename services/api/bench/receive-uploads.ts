import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { StartedProcess } from '@finity/kit/testing/start-process.ts'
import { aMigratedTemplate } from '@finity/kit/testing/test-database.ts'
import pg from 'pg'
import { anIssuer } from '../test/support/issuer.ts'
import { startApi } from './start-api.ts'

/**
 * The memory of the service, as its production bundle, while many large uploads arrive at once, and the wait for GET /health
 * meanwhile. Fills the disk with them for as long as it runs. Run: npm run bench -- uploads
 */
const uploads = 20
const bytesEach = 1_000_000_000
const chunk = Buffer.alloc(65_536, 0x5a)
/** How a film begins. */
const beginning = Buffer.concat([
  Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'),
  chunk,
]).subarray(0, chunk.length)

const fileOf = (path: string) => new URL(path, import.meta.url).pathname
const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(0)

const folder = await mkdtemp(join(tmpdir(), 'finity-uploads-'))
const issuer = await anIssuer()
const database = await aMigratedTemplate(fileOf('../src/migrate.ts'))

/** Bytes of memory, now or at most so far. */
function memoryOf({ pid }: StartedProcess, what: 'VmRSS' | 'VmHWM'): number {
  const [, kilobytes] =
    new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1_024
}

/** Seconds of processor time so far; the kernel counts in hundredths. */
function processorOf({ pid }: StartedProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

async function upload(port: number, token: string): Promise<void> {
  const outgoing = request({
    host: '127.0.0.1',
    port,
    method: 'POST',
    path: '/api/media?name=film.mp4',
    headers: { authorization: `Bearer ${token}`, 'content-length': bytesEach },
  })
  const sent = pipeline(Readable.from(bodyParts()), outgoing)
  sent.catch(() => {})
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  response.resume()
  if (response.statusCode !== 201) throw new Error(`An upload was answered with ${response.statusCode}.`)
  await sent
}

function* bodyParts(): Generator<Buffer> {
  for (let sent = 0; sent < bytesEach; sent += chunk.length)
    yield (sent === 0 ? beginning : chunk).subarray(0, bytesEach - sent)
}

/** The waits for GET /health, one request after the other, while `work` runs. */
async function probeDuring(port: number, work: Promise<unknown>): Promise<number[]> {
  const waits: number[] = []
  let isOver = false
  const over = work.finally(() => {
    isOver = true
  })
  over.catch(() => {})
  while (!isOver) {
    const startedAt = performance.now()
    await (await fetch(`http://127.0.0.1:${port}/health`)).text()
    waits.push(performance.now() - startedAt)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await over
  return waits.sort((a, b) => a - b)
}

async function countStored(): Promise<number> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query(
    `select count(*)::int as stored from media where state = 'stored' and size_bytes = $1`,
    [bytesEach],
  )
  await client.end()
  return rows[0].stored
}

const { process: service, port } = await startApi(join(folder, 'bundle'), {
  DATABASE_URL: database.url,
  JWKS_URL: issuer.jwksUrl,
  MEDIA_DIR: join(folder, 'media'),
  PLANS: JSON.stringify({ free: { storage_bytes: null, upload_bytes: bytesEach } }),
})
try {
  const token = await issuer.sign('0b9d3f1e-7c1c-4c62-9a55-3c6f8a0c7d11')
  await fetch(`http://127.0.0.1:${port}/api/media`, { headers: { authorization: `Bearer ${token}` } })
  const before = memoryOf(service, 'VmRSS')
  const startedAt = performance.now()
  const waits = await probeDuring(
    port,
    Promise.all(Array.from({ length: uploads }, () => upload(port, token))),
  )
  const seconds = (performance.now() - startedAt) / 1_000
  console.table([
    {
      uploads: await countStored(),
      'MB each': megabytes(bytesEach),
      'MB/s': megabytes((uploads * bytesEach) / seconds),
      'processor s/GB': (processorOf(service) / ((uploads * bytesEach) / 1e9)).toFixed(2),
      'memory before MB': megabytes(before),
      'memory peak MB': megabytes(memoryOf(service, 'VmHWM')),
      'health p50 ms': waits[Math.floor(waits.length * 0.5)]?.toFixed(1),
      'health p99 ms': waits[Math.floor(waits.length * 0.99)]?.toFixed(1),
    },
  ])
} finally {
  service.signal('SIGTERM')
  await service.exitCode
  await rm(folder, { recursive: true })
  await issuer.close()
  await database.drop()
}
