import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Measured, measureLoad } from '@finity/kit/testing/measure-load.ts'
import { portOf } from '@finity/kit/testing/port-of.ts'
import { type StartedProcess, startProcess } from '@finity/kit/testing/start-process.ts'
import { aMigratedTemplate } from '@finity/kit/testing/test-database.ts'
import pg from 'pg'
import { anIssuer } from '../test/support/issuer.ts'
import { startApi } from './start-api.ts'

/**
 * Pages of 20 among 100,000 documents of one account, a second, beside a bare Express route with the same SQL.
 * Both servers in turns under the same load, each a process of its own; medians of the rounds. Run: npm run bench -- documents
 */
const rounds = 7
const secondsEach = 3
const documents = 100_000
const path = '/api/documents?limit=20'

const fileOf = (name: string) => new URL(name, import.meta.url).pathname
const folder = await mkdtemp(join(tmpdir(), 'finity-documents-'))
const accountId = randomUUID()
const issuer = await anIssuer()
const database = await aMigratedTemplate(fileOf('../src/migrate.ts'))

async function fillDatabase(): Promise<void> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  // An index is made faster than it is kept.
  const { rows } = await client.query(`select pg_get_indexdef('document_search_idx'::regclass) as definition`)
  await client.query('drop index document_search_idx')
  await client.query(
    `insert into document (id, owner_id, title, content, tags, created_at, updated_at)
     select gen_random_uuid(), $1, 'Document ' || n, 'On day ' || n || repeat(' some words of a text', 40),
            array['tag ' || n % 50], now() - n * interval '1 minute', now() - n * interval '1 second'
     from generate_series(1, $2::int) n`,
    [accountId, documents],
  )
  await client.query(rows[0].definition)
  await client.query('vacuum analyze document')
  await client.end()
}

type Server = { process: StartedProcess; port: number; headers: Record<string, string> }

async function startServers(): Promise<Record<'bare' | 'api', Server>> {
  const bare = startProcess(fileOf('bare-express.ts'), { NODE_ENV: 'production' }, [database.url, accountId])
  const api = await startApi(folder, {
    DATABASE_URL: database.url,
    JWKS_URL: issuer.jwksUrl,
    ENDED_SESSIONS_URL: issuer.endedSessionsUrl,
  })
  const headers = { authorization: `Bearer ${await issuer.sign(accountId)}` }
  return {
    bare: { process: bare, port: portOf(await bare.says('"listening"')), headers },
    api: { ...api, headers },
  }
}

/** The processor time that a process has used, in ms; the kernel counts in hundredths of a second. */
function processorMs({ pid }: StartedProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

type Round = Measured & { processorUs: number }

async function measure({ process, ...server }: Server, connections: number): Promise<Round> {
  const before = processorMs(process)
  const measured = await measureLoad({ ...server, path, connections, seconds: secondsEach })
  const requests = measured.perSecond * secondsEach
  return { ...measured, processorUs: ((processorMs(process) - before) * 1_000) / requests }
}

/** Until all code is compiled and the connections to the database are open, which on a busy machine takes more than one try. */
async function warmUp(server: Server): Promise<void> {
  for (let requests = 0, tries = 0; requests < 20_000; tries += 1) {
    const measured = await measure(server, 32).catch((error: unknown) => {
      if (tries > 10) throw error
      return { perSecond: 0 }
    })
    requests += measured.perSecond * secondsEach
  }
}

function median(rounds: Round[], part: keyof Round): number {
  return rounds.map((round) => round[part]).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? Number.NaN
}

async function compare(servers: Record<'bare' | 'api', Server>, connections: number) {
  const results = { bare: [] as Round[], api: [] as Round[] }
  for (let round = 0; round < rounds; round += 1) {
    results.bare.push(await measure(servers.bare, connections))
    results.api.push(await measure(servers.api, connections))
  }
  const row = (name: 'bare' | 'api') => ({
    connections,
    server: name,
    'pages/s': median(results[name], 'perSecond').toFixed(0),
    share: `${((100 * median(results[name], 'perSecond')) / median(results.bare, 'perSecond')).toFixed(1)} %`,
    'p50 ms': median(results[name], 'p50Ms').toFixed(2),
    'p99 ms': median(results[name], 'p99Ms').toFixed(2),
    'processor µs/page': median(results[name], 'processorUs').toFixed(0),
  })
  return [row('bare'), row('api')]
}

await fillDatabase()
const servers = await startServers()
try {
  for (const server of [servers.bare, servers.api]) await warmUp(server)
  const rows = []
  for (const connections of [1, 8, 32]) rows.push(...(await compare(servers, connections)))
  console.table(rows)
} finally {
  for (const { process } of Object.values(servers)) process.signal('SIGTERM')
  await Promise.all(Object.values(servers).map(({ process }) => process.exitCode))
  await rm(folder, { recursive: true })
  await issuer.close()
  await database.drop()
}
