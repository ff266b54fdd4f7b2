/** One fault in the request's input, as the services list them. */
export type InputFault = { field: string; message: string; type: string }

/** A service's refusal, read from its problem document. */
export type Problem = {
  status: number
  /** The stable name of what went wrong, when the service gives one. */
  code: string | null
  /** The service's own sentence about a rejected value, such as a password rule. */
  reason: string | null
  faults: InputFault[]
  requestId: string | null
}

export function readProblem(status: number, body: unknown, requestIdHeader: string | null): Problem {
  const document = isRecord(body) ? body : {}
  return {
    status,
    ...readDetail(document.detail),
    requestId: textOrNull(document.requestId) ?? requestIdHeader,
  }
}

function readDetail(detail: unknown): Pick<Problem, 'code' | 'reason' | 'faults'> {
  if (Array.isArray(detail)) return { code: null, reason: null, faults: detail.flatMap(readFault) }
  if (isRecord(detail))
    return { code: textOrNull(detail.code), reason: textOrNull(detail.reason), faults: [] }
  return { code: textOrNull(detail), reason: null, faults: [] }
}

function readFault(fault: unknown): InputFault[] {
  if (!isRecord(fault) || !Array.isArray(fault.loc)) return []
  const field = fault.loc.at(-1)
  if (typeof field !== 'string') return []
  return [{ field, message: textOrNull(fault.msg) ?? '', type: textOrNull(fault.type) ?? '' }]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
