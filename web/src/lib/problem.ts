/** One fault in the request's input, as the services list them. */
export type InputFault = { field: string; message: string; type: string }

/** A service's refusal, read from its problem document. */
export type Problem = {
  status: number
  /** The stable name of what went wrong, when the service gives one. */
  code: string | null
  /** The service's own sentence about a rejected value, such as a password rule. */
  reason: string | null
  /** What comes with the code, such as the limit that is reached. */
  facts: Record<string, unknown>
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

function readDetail(detail: unknown): Pick<Problem, 'code' | 'reason' | 'facts' | 'faults'> {
  const nothing = { code: null, reason: null, facts: {}, faults: [] }
  if (Array.isArray(detail)) return { ...nothing, faults: detail.flatMap(readFault) }
  if (!isRecord(detail)) return { ...nothing, code: textOrNull(detail) }
  return { ...nothing, code: textOrNull(detail.code), reason: textOrNull(detail.reason), facts: detail }
}

function readFault(fault: unknown): InputFault[] {
  if (!isRecord(fault) || !Array.isArray(fault.loc)) return []
  const field = fault.loc.findLast((part) => typeof part === 'string')
  if (field === undefined) return []
  return [{ field, message: textOrNull(fault.msg) ?? '', type: textOrNull(fault.type) ?? '' }]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
