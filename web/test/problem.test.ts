import { expect, test } from 'vitest'
import { readProblem } from '../src/lib/problem.ts'

test('reads the code of a refusal', () => {
  const problem = readProblem(400, { detail: 'LOGIN_BAD_CREDENTIALS', requestId: 'r1' }, null)
  expect(problem).toEqual({
    status: 400,
    code: 'LOGIN_BAD_CREDENTIALS',
    reason: null,
    facts: {},
    faults: [],
    requestId: 'r1',
  })
})

test('reads a code that comes with a reason', () => {
  const problem = readProblem(
    400,
    { detail: { code: 'REGISTER_INVALID_PASSWORD', reason: 'Too short' } },
    null,
  )
  expect(problem).toMatchObject({ code: 'REGISTER_INVALID_PASSWORD', reason: 'Too short' })
})

test('reads the facts that come with a code', () => {
  const detail = { code: 'PLAN_LIMIT_REACHED', limit: 'documents', allowed: 100 }
  expect(readProblem(403, { detail }, null).facts).toEqual(detail)
})

test('a fault in a list is one of the field that holds it', () => {
  const detail = [{ type: 'too_long', loc: ['body', 'tags', 3], msg: 'too long' }]
  expect(readProblem(422, { detail }, null).faults).toMatchObject([{ field: 'tags' }])
})

test('reads which fields are at fault', () => {
  const detail = [{ type: 'value_error', loc: ['body', 'email'], msg: 'not an address' }]
  expect(readProblem(422, { detail }, null).faults).toEqual([
    { field: 'email', message: 'not an address', type: 'value_error' },
  ])
})

test.each([
  [null],
  ['<html>'],
  [[]],
  [{ detail: [null, { loc: 'body' }, { loc: [0] }] }],
])('makes do with the body %j, and takes the request id from the header', (body) => {
  expect(readProblem(502, body, 'r2')).toEqual({
    status: 502,
    code: null,
    reason: null,
    facts: {},
    faults: [],
    requestId: 'r2',
  })
})
