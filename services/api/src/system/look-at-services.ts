import { withinTime } from '@finity/kit/process/within-time.ts'
import type { Context } from '../context.ts'

export type ServiceName = 'api' | 'auth' | 'database' | 'queue' | 'storage'

export type ServiceState = {
  name: ServiceName
  status: 'ok' | 'failing'
  version: string | null
  /** What is wrong. */
  detail: string | null
}

/** What a look at a service found; `fault` says what is wrong although it answered. */
type Found<T> = { value: T; version?: string; fault?: string | undefined }

const answerWithinMs = 800

/** The state of a service, and what it told; null when it told nothing. It holds nobody up for long. */
export async function lookAt<T>(
  { logger }: Context,
  name: ServiceName,
  find: () => Promise<Found<T>>,
): Promise<[ServiceState, T | null]> {
  try {
    const { value, version = null, fault = null } = await withinTime(find, answerWithinMs)
    return [{ name, status: fault === null ? 'ok' : 'failing', version, detail: fault }, value]
  } catch (error) {
    logger.warn({ err: error, service: name }, 'a service does not answer')
    return [{ name, status: 'failing', version: null, detail: 'It cannot be reached.' }, null]
  }
}
