import { isDatabaseUnavailable } from '../database/is-database-unavailable.ts'
import { AppError } from './app-error.ts'
import {
  BodyTooLarge,
  type InputFault,
  InternalError,
  InvalidBody,
  InvalidInput,
  MalformedUrl,
  ServiceUnavailable,
  UnsupportedMediaType,
} from './http-errors.ts'

/** The kinds of body-parser errors: https://github.com/expressjs/body-parser#errors */
const bodyParserFaults: Record<string, (cause: unknown) => AppError> = {
  'entity.parse.failed': (cause) => new InvalidInput([brokenJson(cause as SyntaxError & { body: string })]),
  'entity.too.large': (cause) => new BodyTooLarge(cause),
  'parameters.too.many': (cause) => new BodyTooLarge(cause),
  'encoding.unsupported': (cause) => new UnsupportedMediaType(undefined, cause),
  'charset.unsupported': (cause) => new UnsupportedMediaType(undefined, cause),
  'request.aborted': (cause) => new InvalidBody(cause),
  'request.size.invalid': (cause) => new InvalidBody(cause),
  'querystring.parse.rangeError': (cause) => new InvalidBody(cause),
}

/** As FastAPI says it, with the place in the text where reading ended. */
function brokenJson({ message, body }: SyntaxError & { body: string }): InputFault {
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? body.length)
  return { type: 'json_invalid', loc: ['body', position], msg: 'JSON decode error' }
}

/** Any thrown value as an error that a client may see. What nobody foresaw becomes InternalError. */
export function translateError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof URIError) return new MalformedUrl(error)
  const bodyFault = bodyParserFaults[String((error as { type?: unknown } | null)?.type)]
  if (bodyFault) return bodyFault(error)
  if (isDatabaseUnavailable(error)) return new ServiceUnavailable('DATABASE_UNAVAILABLE', 2, error)
  return new InternalError(error)
}
