export type ErrorFacts = {
  /** Facts for programs, shown beside the code. */
  fields?: Record<string, unknown>
  /** Response headers, such as Retry-After. */
  headers?: Record<string, string>
  /** What went wrong underneath; logged, never shown. */
  cause?: unknown
}

/**
 * An error that a client may see. A service makes a leaf for each fact: its own class, a stable code, an HTTP status.
 * Codes are for programs and are never renamed.
 */
export class AppError extends Error {
  readonly status: number
  readonly code: string
  readonly fields: Record<string, unknown> | undefined
  readonly headers: Record<string, string>

  constructor(status: number, code: string, facts: ErrorFacts = {}) {
    super(code, { cause: facts.cause })
    this.name = new.target.name
    this.status = status
    this.code = code
    this.fields = facts.fields
    this.headers = facts.headers ?? {}
  }

  /** The `detail` of the answer: the bare code, or an object when there are facts to add. */
  get detail(): unknown {
    return this.fields ? { code: this.code, ...this.fields } : this.code
  }
}
