import { defaultBodyLimitBytes } from '../src/http/parse-body.ts'
import { checkDocumented, type DocumentedCheck, type OpenApiDocument } from './check-documented.ts'
import { casesOf, type Draft, type FuzzCase, operationsOf, requestOf } from './fuzz-cases.ts'
import { type RawRequest, sendRaw } from './send-raw.ts'

export type FuzzOptions = {
  url: string
  document: OpenApiDocument
  /** The same seed makes the same requests. */
  seed: number
  /** How many mixtures of three cases each operation gets after every case has had its turn. */
  rounds: number
  /** What a good request to an operation, such as "GET /things/{id}", needs beside its body. Asked before each operation. */
  prepare: (operation: string) => Promise<Partial<Pick<Draft, 'headers' | 'params'>>>
  /** Anything that changes when something is stored, which a refused request must not do. */
  stored: () => Promise<unknown>
  /** Names of the cookies that the service reads. */
  cookies?: string[]
  bodyLimitBytes?: number
}

export type FuzzResult = {
  operation: string
  case: string
  status: number
  ms: number
  /** What is wrong with the answer. */
  fault?: string
}

const slowMs = 1_000

/** Sends rubbish to every operation of an OpenAPI document, one request after the other, and judges the answers. */
export async function fuzzOperations(options: FuzzOptions): Promise<FuzzResult[]> {
  const { url, document, cookies = [], bodyLimitBytes = defaultBodyLimitBytes } = options
  const check = checkDocumented(document)
  const random = randomNumbers(options.seed)
  const results: FuzzResult[] = []
  for (const operation of operationsOf(document)) {
    const { headers = {}, params = {} } = await options.prepare(operation.name)
    const fields = operation.body?.fields ?? {}
    const { method, query } = operation
    const good: Draft = { method, params, query, headers, fields, extra: [] }
    const cases = casesOf(operation, { cookies, bodyLimitBytes })
    let before = await fingerprint(options)
    for (const { name, change } of [...cases, ...mixturesOf(cases, options.rounds, random)]) {
      const outcome = await judge(url, requestOf(operation, change(good)), check)
      const after = await fingerprint(options)
      const isStored = outcome.status >= 400 && after !== before
      results.push({
        operation: operation.name,
        case: name,
        ...outcome,
        ...(isStored && { fault: 'stored' }),
      })
      before = after
    }
  }
  return results
}

async function fingerprint({ stored }: FuzzOptions): Promise<string> {
  return JSON.stringify(await stored())
}

type Outcome = Omit<FuzzResult, 'operation' | 'case'>

async function judge(url: string, request: RawRequest, check: DocumentedCheck): Promise<Outcome> {
  const startedAt = performance.now()
  let status = 0
  const ms = () => Math.round(performance.now() - startedAt)
  try {
    const answer = await sendRaw(url, request)
    status = answer.status
    check(request.method, request.path, answer)
    if (status >= 500 && status !== 503) throw new Error('a fault of the server')
    if (ms() > slowMs) throw new Error('too slow')
    return { status, ms: ms() }
  } catch (error) {
    return { status, ms: ms(), fault: String(error) }
  }
}

function mixturesOf(cases: FuzzCase[], count: number, random: () => number): FuzzCase[] {
  return Array.from({ length: count }, () => {
    const mixed = [1, 2, 3].flatMap(() => cases[Math.floor(random() * cases.length)] ?? [])
    return {
      name: mixed.map(({ name }) => name).join(' + '),
      change: (draft) => mixed.reduce((changed, { change }) => change(changed), draft),
    }
  })
}

/** Mulberry32: small, and the same numbers for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
