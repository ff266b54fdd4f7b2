import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'

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
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedFields.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  )
}
