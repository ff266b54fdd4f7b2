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

const fullBytes = 8_192

const censor = '[redacted]'

/**
 * One JSON object a line on standard output: time (ISO 8601), level by name, service, msg and fields.
 * Lines are written synchronously before the process waits or ends, so a crash loses none; a SIGKILL may lose those of its moment.
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
    destination ?? standardOutput(),
  )
}

/** A turn of the event loop writes its lines together: a system call for each costs about as much as all else of a line. */
function standardOutput(): DestinationStream {
  const output = pino.destination({ fd: 1, sync: true, minLength: fullBytes })
  const flush = () => {
    isDue = false
    output.flushSync()
  }
  let isDue = false
  process.on('exit', flush)
  return {
    write(line) {
      output.write(line)
      if (isDue) return
      isDue = true
      setImmediate(flush)
    },
    // Pino asks for it after a fatal line.
    flushSync: flush,
  } as DestinationStream
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
