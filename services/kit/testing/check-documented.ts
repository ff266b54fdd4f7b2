import { Ajv2020 } from 'ajv/dist/2020.js'
import { type Answer, methodOf, type RequestParts, sendRequest } from './send-request.ts'

type Response = {
  headers?: Record<string, { required?: boolean }>
  content?: Record<string, { schema?: object }>
}
export type Schema = {
  type?: string | string[]
  format?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  minLength?: number
  minimum?: number
  properties?: Record<string, Schema>
}
export type Operation = {
  parameters: { name: string; in: string; required?: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, Response>
}

/** As much of an OpenAPI document as the tests read. */
export type OpenApiDocument = { paths: Record<string, Record<string, Operation>> }

/** Throws when the document does not promise this answer: its status, headers, media type and body. */
export type DocumentedCheck = (method: string, path: string, answer: Answer) => void

/** Sends like sendRequest, and throws when an answer is not as the service's own OpenAPI document says. */
export async function aCheckedSend(
  url: string,
  openApiPath: string,
): Promise<(path: string, parts?: RequestParts) => Promise<Answer>> {
  const { body } = await sendRequest(url + openApiPath)
  const check = checkDocumented(body as OpenApiDocument)
  return async (path, parts = {}) => {
    const answer = await sendRequest(url + path, parts)
    check(methodOf(parts), path, answer)
    return answer
  }
}

const problem = { content: { 'application/problem+json': { schema: {} } } }
/** What a path or a method that no operation has is answered with. */
const refusals: Record<string, Response> = { 400: problem, 404: problem, 405: problem }

export function checkDocumented(document: OpenApiDocument): DocumentedCheck {
  // Formats are the part of JSON Schema that an answer is not judged by.
  const schemas = new Ajv2020({ strict: false, validateFormats: false })
  schemas.addSchema(document, 'openapi')

  function bodyFault({ content }: Response, pointer: SchemaPointer, answer: Answer): string | undefined {
    if (!content) return answer.body === '' ? undefined : 'no body is documented'
    const type = answer.headers.get('content-type')?.split(';', 1)[0] ?? ''
    if (!content[type]) return `the media type "${type}" is not documented`
    const validate = content[type].schema && schemas.getSchema(pointer(answer.status, type))
    if (!validate || validate(answer.body)) return undefined
    return schemas.errorsText(validate.errors, { dataVar: 'body' })
  }

  function faultOf(method: string, path: string, answer: Answer): string | undefined {
    const { responses, pointer } = findResponses(document, method, path)
    const response = responses[answer.status]
    if (!response) return `documented are ${Object.keys(responses).join(', ')}`
    return (
      headerFault(response, answer) ??
      (method === 'HEAD' || isFile(response) ? undefined : bodyFault(response, pointer, answer))
    )
  }

  return (method, path, answer) => {
    const fault =
      isFromNode(answer) || isPreflight(method, answer) ? undefined : faultOf(method, path, answer)
    if (fault) throw new Error(`${method} ${path} answered ${answer.status}: ${fault}`)
  }
}

/** Of any type; nothing is said of what is in it. */
function isFile({ content }: Response): boolean {
  return content?.['*/*'] !== undefined
}

function headerFault({ headers = {} }: Response, answer: Answer): string | undefined {
  const missing = Object.keys(headers).find((name) => headers[name]?.required && !answer.headers.has(name))
  return missing && `the header ${missing} is missing`
}

/** Node answers by itself what it cannot read as a request. */
function isFromNode({ status, headers, body }: Answer): boolean {
  return [400, 408, 417, 431].includes(status) && body === '' && !headers.has('x-request-id')
}

function isPreflight(method: string, { status }: Answer): boolean {
  return method === 'OPTIONS' && status === 204
}

type SchemaPointer = (status: number, type: string) => string

function findResponses(
  document: OpenApiDocument,
  method: string,
  path: string,
): { responses: Record<string, Response>; pointer: SchemaPointer } {
  const template = findTemplate(document, path)
  const verb = (method === 'HEAD' ? 'get' : method).toLowerCase()
  const responses = document.paths[template]?.[verb]?.responses
  return responses
    ? {
        responses,
        pointer: (status, type) =>
          pointerTo('paths', template, verb, 'responses', String(status), 'content', type, 'schema'),
      }
    : { responses: refusals, pointer: () => pointerTo('components', 'schemas', 'Problem') }
}

/** The path as the document writes it; one without parameters goes before one with. */
function findTemplate({ paths }: OpenApiDocument, path: string): string {
  const [bare = ''] = path.split('?', 1)
  return bare in paths ? bare : (Object.keys(paths).find((template) => matches(template, bare)) ?? '')
}

function matches(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')]
  const fits = (part: string, index: number) =>
    part.startsWith('{') ? given[index] !== '' : part === given[index]
  return wanted.length === given.length && wanted.every(fits)
}

/** A JSON pointer in a URI fragment. Source: RFC 6901 section 6. */
function pointerTo(...keys: string[]): string {
  const parts = keys.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')))
  return `openapi#/${parts.join('/')}`
}
