import type { Problem } from './problem.ts'

/** What a request comes to when there is no answer to work with. */
export abstract class Failure extends Error {}

/** The service answered, and refused. */
export class HttpFailure extends Failure {
  override readonly name = 'HttpFailure'
  readonly problem: Problem
  readonly retryAfterSeconds: number | null

  constructor(problem: Problem, retryAfterSeconds: number | null) {
    super(`HTTP ${problem.status}`)
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** No usable answer arrived: offline, timed out, or something other than the service replied. */
export class NetworkFailure extends Failure {
  override readonly name = 'NetworkFailure'
}

/** Nothing was sent: the account that it was for is not signed in any more. */
export class SessionFailure extends Failure {
  override readonly name = 'SessionFailure'
}

export function isHttpFailure(failure: unknown, ...statuses: number[]): failure is HttpFailure {
  return failure instanceof HttpFailure && statuses.includes(failure.problem.status)
}

export function hasCode(failure: unknown, code: string): failure is HttpFailure {
  return failure instanceof HttpFailure && failure.problem.code === code
}

/** A failure that may be gone a moment later, without anyone changing the request. */
export function isPassing(failure: unknown): boolean {
  if (failure instanceof NetworkFailure) return true
  return failure instanceof HttpFailure && failure.problem.status >= 500
}
