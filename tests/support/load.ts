import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

/** What became of a load: `failed` has a line for each request without a good answer, `lost` the acknowledged documents that are gone. */
export type LoadReport = { sent: number; failed: string[]; lost: number; p99Ms: Record<Service, number> }

type Service = 'api' | 'auth' | 'web'

export type Load = {
  /** Resolves when the requests of so many seconds more are sent. */
  lasts: (seconds: number) => Promise<void>
  /** What became of it so far; what comes is counted anew. */
  restartClock: () => LoadReport
  /** When the last answer is there, and every acknowledged write was looked for. */
  stop: () => Promise<LoadReport>
}

type Parts = { method?: string; headers?: Record<string, string>; body?: string }

/** Requests a second. */
const perSecond = Number(process.env.LOAD_PER_SECOND ?? 200)
const slowMs = 5_000
/** What one account writes is written one after the other, since its usage is counted. */
const accounts = 25

/**
 * As people do who are signed in: reads and writes over connections that are kept, some of them slow. Open-loop: nobody waits for another.
 * Straight to the address of the edge, as packets from elsewhere come: those of this host would go through a program of Docker's, which takes
 * an eighth of a processor for it.
 */
export async function startLoad(address: string): Promise<Load> {
  const base = 'https://localhost'
  // Each connection in its turn, so that all are kept alive: who opens one in the very moment in which an edge leaves may be hung up on
  // (docs/decisions/0022). The edge asks with each answer to close those that are idle for 5 s.
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 64,
    scheduling: 'fifo',
    timeout: 4_000,
    rejectUnauthorized: false,
    lookup: (_, { all }, answer) => (all ? answer(null, [{ address, family: 4 }]) : answer(null, address, 4)),
  })
  const people: string[] = []
  // One after the other: passwords are hashed, which takes the processors whole.
  for (let account = 0; account < accounts; account += 1) people.push(await signUp(base, agent))
  const running = new Set<Promise<void>>()
  const written = people.map((): string[] => [])
  let failed: string[] = []
  let times = noTimes()
  let sent = 0

  async function send(who: number, path: string, parts: Parts, slowly = false): Promise<string> {
    const outgoing = request(new URL(path, base), {
      agent,
      method: parts.method,
      headers: { authorization: people[who], ...parts.headers },
    })
    const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>
    answered.catch(() => {})
    if (slowly) await sendSlowly(outgoing)
    outgoing.end(parts.body)
    const [incoming] = await answered
    const body = await text(incoming)
    if ((incoming.statusCode ?? 0) >= 300) throw new Error(`${incoming.statusCode} ${body.slice(0, 200)}`)
    return body
  }

  async function work(index: number): Promise<void> {
    const kind = kinds[index % kinds.length] ?? 'list'
    const who = index % people.length
    const startedAt = performance.now()
    try {
      if (kind === 'slow') await send(who, '/api/media?name=slow.txt', aSlowFile, true)
      else if (kind === 'write')
        written[who]?.push(JSON.parse(await send(who, '/api/documents', aDocument())).id)
      else await send(who, kind, {})
      if (kind !== 'slow') times[serviceOf(kind)].push(performance.now() - startedAt)
    } catch (error) {
      failed.push(
        `${new Date().toISOString()} ${kind}: ${(error as NodeJS.ErrnoException).code ?? ''} ${(error as Error).message}`,
      )
    }
  }

  let isOver = false
  const sending = (async () => {
    const startedAt = performance.now()
    while (!isOver) {
      for (; sent < ((performance.now() - startedAt) * perSecond) / 1_000; sent += 1) {
        const piece = work(sent).finally(() => running.delete(piece))
        running.add(piece)
      }
      await pause(2)
    }
  })()

  function restartClock(): LoadReport {
    const p99Ms = { api: p99(times.api), auth: p99(times.auth), web: p99(times.web) }
    const report = { sent, failed, lost: 0, p99Ms }
    times = noTimes()
    failed = []
    return report
  }

  return {
    lasts: async (seconds) => {
      for (const last = sent + seconds * perSecond; sent < last; ) await pause(50)
    },
    restartClock,
    stop: async () => {
      isOver = true
      await sending
      await Promise.all(running)
      let lost = 0
      for (const [who, ids] of written.entries()) {
        const kept = await listDocuments((path) => send(who, path, {}))
        lost += ids.filter((id) => !kept.has(id)).length
      }
      agent.destroy()
      return { ...restartClock(), lost }
    },
  }
}

/** Of 50 requests 22 lists, 22 new documents, 5 of the other services, and one upload that takes its time. */
const kinds = [
  'slow',
  ...Array.from({ length: 22 }, () => ['/api/documents?limit=20', 'write']).flat(),
  '/users/me',
  '/users/me',
  '/users/me',
  '/',
  '/favicon.svg',
]

function serviceOf(kind: string): Service {
  if (kind === '/users/me') return 'auth'
  return kind === 'write' || kind.startsWith('/api/') ? 'api' : 'web'
}

function noTimes(): Record<Service, number[]> {
  return { api: [], auth: [], web: [] }
}

function aDocument(): Parts {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ title: 'Written under load', content: 'Some words', tags: [] }),
  }
}

const slowPart = 'A part of a file that takes its time.\n'
const aSlowFile = { method: 'POST', headers: { 'content-length': String(10 * slowPart.length) } }

async function sendSlowly(outgoing: ReturnType<typeof request>): Promise<void> {
  for (let part = 0; part < 10; part += 1) {
    outgoing.write(slowPart)
    await pause(slowMs / 10)
  }
}

/** Page by page: to ask for each would be a load of its own. */
async function listDocuments(get: (path: string) => Promise<string>): Promise<Set<string>> {
  const ids = new Set<string>()
  let cursor = ''
  do {
    const page = JSON.parse(await get(`/api/documents?limit=100&sort=created_at${cursor}`))
    for (const { id } of page.items) ids.add(id)
    cursor = page.next_cursor && `&cursor=${page.next_cursor}`
  } while (cursor)
  return ids
}

async function signUp(base: string, agent: Agent): Promise<string> {
  const person = { email: `${randomUUID()}@example.com`, password: 'correct horse battery' }
  const post = async (path: string, type: string, body: string) => {
    const outgoing = request(new URL(path, base), {
      agent,
      method: 'POST',
      headers: { 'content-type': type },
    })
    outgoing.end(body)
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
    const answer = await text(incoming)
    if ((incoming.statusCode ?? 0) >= 300) throw new Error(`${path}: ${incoming.statusCode} ${answer}`)
    return JSON.parse(answer)
  }
  await post('/auth/register', 'application/json', JSON.stringify(person))
  const form = new URLSearchParams({ username: person.email, password: person.password }).toString()
  const { access_token: token } = await post('/auth/jwt/login', 'application/x-www-form-urlencoded', form)
  return `Bearer ${token}`
}

function p99(times: number[]): number {
  return Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0)
}
