import type { OpenApiDocument, Operation, Schema } from './check-documented.ts'
import * as rubbish from './rubbish.ts'
import type { RawRequest } from './send-raw.ts'

export type FuzzedOperation = {
  name: string
  method: string
  path: string
  methodsOfPath: string[]
  params: string[]
  queryNames: string[]
  /** What the query must have. */
  query: string
  headerNames: string[]
  body: { as: 'json' | 'form' | 'bytes'; type: string; fields: Record<string, string> } | null
}

/** A request in parts, so that cases can be mixed. Fields are written as they stand in the body: JSON texts, or encoded form values. */
export type Draft = {
  method: string
  params: Record<string, string>
  query: string
  headers: Record<string, string | string[]>
  fields: Record<string, string>
  extra: string[]
  /** In place of the fields. */
  body?: string | Uint8Array
  encode?: (body: string) => { headers: Record<string, string>; body?: Uint8Array }
}

export type FuzzCase = { name: string; change: (draft: Draft) => Draft }

export function operationsOf({ paths }: OpenApiDocument): FuzzedOperation[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([verb, { parameters, requestBody }]) => {
      const method = verb.toUpperCase()
      const [content] = Object.entries(requestBody?.content ?? {})
      const namesIn = (place: string) => parameters.filter((one) => one.in === place).map(({ name }) => name)
      return {
        name: `${method} ${path}`,
        method,
        path,
        methodsOfPath: Object.keys(operations).map((other) => other.toUpperCase()),
        params: namesIn('path'),
        queryNames: namesIn('query'),
        query: sampleQuery(parameters),
        headerNames: namesIn('header'),
        body: content ? describeBody(...content) : null,
      }
    }),
  )
}

function sampleQuery(parameters: Operation['parameters']): string {
  const needed = parameters.filter((one) => one.in === 'query' && one.required)
  const pairs = needed.map(({ name, schema }) => [name, String(sampleOf(schema))])
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ''
}

function describeBody(type: string, { schema }: { schema: Schema }): FuzzedOperation['body'] {
  if (type === '*/*') return { as: 'bytes', type, fields: {} }
  const as = type.includes('json') ? 'json' : 'form'
  const write = (value: unknown) =>
    as === 'json' ? JSON.stringify(value) : encodeURIComponent(String(value))
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [
    name,
    write(sampleOf(field)),
  ])
  return { as, type, fields: Object.fromEntries(fields) }
}

const formats: Record<string, string> = {
  email: 'ada@example.com',
  uuid: '6f1c9a52-0c3f-4d4b-9d0b-7d3f5f1f2b11',
}

/** A value that a schema takes. */
function sampleOf({ anyOf: [first] = [], ...schema }: Schema): unknown {
  if (first) return sampleOf(first)
  if ('const' in schema) return schema.const
  if (schema.enum) return schema.enum[0]
  const [type] = [schema.type].flat()
  if (type === 'boolean') return false
  if (type === 'array') return []
  if (type === 'string') return formats[schema.format ?? ''] ?? 'sample text'.padEnd(schema.minLength ?? 0)
  return schema.minimum ?? 1
}

export function requestOf({ path, body: declared }: FuzzedOperation, draft: Draft): RawRequest {
  const text = draft.body ?? textOf(declared, draft)
  const encoded = draft.encode?.(String(text))
  return {
    method: draft.method,
    path: path.replaceAll(/\{(\w+)\}/g, (_part, name: string) => draft.params[name] ?? 'x') + draft.query,
    headers: { ...(declared && { 'content-type': declared.type }), ...draft.headers, ...encoded?.headers },
    body: encoded?.body ?? text,
  }
}

function textOf(declared: FuzzedOperation['body'], { fields, extra }: Draft): string {
  if (!declared) return ''
  if (declared.as === 'bytes') return 'some bytes'
  const entries = Object.entries(fields)
  return declared.as === 'json'
    ? `{${[...entries.map(([name, value]) => `${JSON.stringify(name)}:${value}`), ...extra].join()}}`
    : [...entries.map(([name, value]) => `${name}=${value}`), ...extra].join('&')
}

/** The name of the case that should pass, where an operation can be asked for without knowing more than its schema. */
export const nothingOdd = 'nothing odd'

export type CaseOptions = { cookies: string[]; bodyLimitBytes: number }

export function casesOf(operation: FuzzedOperation, { cookies, bodyLimitBytes }: CaseOptions): FuzzCase[] {
  return [
    { name: nothingOdd, change: (draft) => draft },
    ...headerCases(cookies, operation.headerNames),
    ...methodCases(operation),
    ...queryCases(operation),
    ...operation.params.flatMap(paramCases),
    ...(operation.body ? bodyCases(operation.body, bodyLimitBytes) : [unwantedBody]),
  ]
}

/** One case for each entry of a list of rubbish. */
function each<T>(
  what: string,
  list: Record<string, T>,
  change: (draft: Draft, value: T) => Partial<Draft>,
): FuzzCase[] {
  return Object.entries(list).map(([name, value]) => ({
    name: `${what}: ${name}`,
    change: (draft) => ({ ...draft, ...change(draft, value) }),
  }))
}

function headerCases(cookies: string[], names: string[]): FuzzCase[] {
  const withHeaders = ({ headers }: Draft, odd: Draft['headers']) => ({ headers: { ...headers, ...odd } })
  const cookieCases = cookies.flatMap((name) =>
    each(`cookie ${name}`, rubbish.formValues, (draft, value) =>
      withHeaders(draft, { cookie: `${name}=${value}` }),
    ),
  )
  const valueCases = names.flatMap((name) =>
    each(`header ${name}`, rubbish.headerValues, (draft, value) =>
      withHeaders(draft, { [name.toLowerCase()]: value }),
    ),
  )
  return [...each('header', rubbish.oddHeaders, withHeaders), ...cookieCases, ...valueCases]
}

function methodCases({ methodsOfPath }: FuzzedOperation): FuzzCase[] {
  const others = rubbish.methods.filter((method) => !methodsOfPath.includes(method))
  return each('method', Object.fromEntries(others.map((method) => [method, method])), (_draft, method) => ({
    method,
  }))
}

function queryCases({ queryNames }: FuzzedOperation): FuzzCase[] {
  const add = ({ query }: Draft, pairs: string) => ({ query: `${query}${query ? '&' : '?'}${pairs}` })
  return [
    ...each('query', rubbish.extraPairs, add),
    ...queryNames.flatMap((name) => [
      ...each(`query ${name}`, rubbish.formValues, (draft, value) => add(draft, `${name}=${value}`)),
      ...each(`query ${name}`, { twice: `${name}=1&${name}=2` }, add),
    ]),
  ]
}

function paramCases(name: string): FuzzCase[] {
  return each(`path ${name}`, rubbish.pathValues, ({ params }, value) => ({
    params: { ...params, [name]: value },
  }))
}

const unwantedBody: FuzzCase = {
  name: 'a body that nobody asked for',
  change: (draft) => ({
    ...draft,
    headers: { ...draft.headers, 'content-type': 'application/json' },
    body: '{"a":',
  }),
}

function bodyCases(declared: NonNullable<FuzzedOperation['body']>, limitBytes: number): FuzzCase[] {
  const { as, fields } = declared
  const isJson = as === 'json'
  const names = Object.keys(fields)
  const setBody = (_draft: Draft, body: string | Uint8Array) => ({ body })
  const addPart = ({ extra }: Draft, part: string) => ({ extra: [...extra, part] })
  return [
    ...names.flatMap((name) => fieldCases(declared, name, limitBytes)),
    ...(as === 'bytes' ? [] : each('extra', isJson ? rubbish.extraFields : rubbish.extraPairs, addPart)),
    ...each(
      'body',
      as === 'form' ? { ...rubbish.extraPairs, ...rubbish.formValues } : rubbish.jsonBodies,
      setBody,
    ),
    ...each('encoding', rubbish.oddEncodings, (_draft, encode) => ({ encode })),
  ]
}

function fieldCases(
  declared: NonNullable<FuzzedOperation['body']>,
  name: string,
  limitBytes: number,
): FuzzCase[] {
  const isJson = declared.as === 'json'
  const set = ({ fields }: Draft, value: string) => ({ fields: { ...fields, [name]: value } })
  const add = ({ extra }: Draft, value: string) => ({
    extra: [...extra, isJson ? `${JSON.stringify(name)}:${value}` : `${name}=${value}`],
  })
  const quote = isJson ? '"' : ''
  const grow = (draft: Draft, bytes: number) => {
    const rest = textOf(declared, { ...draft, ...set(draft, quote + quote) }).length
    return set(draft, quote + 'x'.repeat(Math.max(0, bytes - rest)) + quote)
  }
  const omit = ({ fields: { [name]: _omitted, ...fields } }: Draft) => ({ fields })
  return [
    ...each(name, isJson ? rubbish.jsonValues : rubbish.formValues, set),
    ...each(name, { 'given twice': declared.fields[name] ?? '', 'given again as something else': '[]' }, add),
    ...each(name, { missing: null }, omit),
    ...each(name, { 'as long as a body may be': limitBytes, 'one byte too long': limitBytes + 1 }, grow),
  ]
}
