import type { z } from 'zod'
import type { InputFault } from './http-errors.ts'

type Issue = z.core.$ZodIssue

/**
 * Zod's issues in the words of pydantic v2, which clients of FastAPI services know.
 * `place` is body, query or path; `raw` is the input, needed to tell a missing field from a wrong one.
 */
export function inputFaults(issues: Issue[], place: string, raw: unknown): InputFault[] {
  return issues.flatMap((issue) => {
    const loc = [place, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))]
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => extraField([...loc, key]))
    return [{ ...describe(issue, valueAt(raw, issue.path)), loc }]
  })
}

function extraField(loc: InputFault['loc']): InputFault {
  return { type: 'extra_forbidden', loc, msg: 'Extra inputs are not permitted' }
}

function valueAt(raw: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    raw,
  )
}

type Description = Pick<InputFault, 'type' | 'msg'>

function describe(issue: Issue, value: unknown): Description {
  if (value === undefined) return { type: 'missing', msg: 'Field required' }
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, value)
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return tooBig(issue)
    case 'invalid_value':
      return {
        type: 'literal_error',
        msg: `Input should be ${issue.values.map((known) => `'${String(known)}'`).join(' or ')}`,
      }
    case 'invalid_format':
      return wrongFormat(issue)
    default:
      return { type: 'value_error', msg: issue.message }
  }
}

const typeNames: Record<string, Description> = {
  string: { type: 'string_type', msg: 'Input should be a valid string' },
  boolean: { type: 'bool_type', msg: 'Input should be a valid boolean' },
  number: { type: 'float_type', msg: 'Input should be a valid number' },
  int: { type: 'int_type', msg: 'Input should be a valid integer' },
  object: {
    type: 'model_attributes_type',
    msg: 'Input should be a valid dictionary or object to extract fields from',
  },
  array: { type: 'list_type', msg: 'Input should be a valid list' },
}

function wrongType(expected: string, value: unknown): Description {
  const isSpelling = typeof value === 'string' || Number.isInteger(value)
  if (expected === 'boolean' && isSpelling)
    return { type: 'bool_parsing', msg: 'Input should be a valid boolean, unable to interpret input' }
  return typeNames[expected] ?? { type: 'value_error', msg: `Input should be a valid ${expected}` }
}

function wrongFormat({ format, pattern, message }: Extract<Issue, { code: 'invalid_format' }>): Description {
  if (format === 'integer')
    return {
      type: 'int_parsing',
      msg: 'Input should be a valid integer, unable to parse string as an integer',
    }
  if (format === 'regex')
    return { type: 'string_pattern_mismatch', msg: `String should match pattern '${pattern?.slice(1, -1)}'` }
  return { type: 'value_error', msg: message }
}

function tooSmall({ origin, minimum }: Extract<Issue, { code: 'too_small' }>): Description {
  return origin === 'string'
    ? {
        type: 'string_too_short',
        msg: `String should have at least ${minimum} character${minimum === 1 ? '' : 's'}`,
      }
    : { type: 'greater_than_equal', msg: `Input should be greater than or equal to ${minimum}` }
}

function tooBig({ origin, maximum }: Extract<Issue, { code: 'too_big' }>): Description {
  if (origin === 'array') return { type: 'too_long', msg: `List should have at most ${maximum} items` }
  return origin === 'string'
    ? { type: 'string_too_long', msg: `String should have at most ${maximum} characters` }
    : { type: 'less_than_equal', msg: `Input should be less than or equal to ${maximum}` }
}
