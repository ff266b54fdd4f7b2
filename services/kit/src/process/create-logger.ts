import { type DestinationStream, type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino'

export type { Logger } from 'pino'

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** A second fence: no code path logs these, and a mistake must not leak them. */
const redactedFields = [
  'password',
  'secret',
  'token',
  'access_token',
  'authorization',
  'cookie',
  'hashedPassword',
]

const censor = '[redacted]'

/**
 * One JSON object a line on standard output: time (ISO 8601), level by name, service, msg and fields.
 * Lines are written synchronously, so nothing is lost when the process ends.
 */
export function createLogger(service: string, level: LogLevel, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redactNested },
      serializers: { err: (error: unknown) => redact(stdSerializers.err(error as Error)) },
      redact: { paths: redactedFields, censor },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  )
}

/** Pino's own way into nested fields, `*.token`, costs more than all else of a line. */
function redactNested(fields: Record<string, unknown>): Record<string, unknown> {
  if (!Object.values(fields).some(isRecord)) return fields
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, redact(value)]))
}

function redact(value: unknown): unknown {
  if (!isRecord(value)) return value
  const found = redactedFields.filter((field) => field in value)
  return found.length === 0
    ? value
    : { ...value, ...Object.fromEntries(found.map((field) => [field, censor])) }
}

/** An error is not: its serializer makes one of it. */
function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Error)
}
