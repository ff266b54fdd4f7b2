import { expect, test } from 'vitest'
import { judgeFailure, pauseBeforeRetry } from '../src/features/documents/drafts/judge-failure.ts'
import { HttpFailure, NetworkFailure, SessionFailure } from '../src/lib/failures.ts'
import { readProblem } from '../src/lib/problem.ts'

function refusal(status: number, detail: unknown = null, retryAfterSeconds: number | null = null) {
  return new HttpFailure(readProblem(status, { detail }, null), retryAfterSeconds)
}

test.each([
  ['no answer', new NetworkFailure(), 'later'],
  ['a service that is down', refusal(503), 'later'],
  ['too many requests', refusal(429), 'later'],
  ['a field that is refused', refusal(422), 'incomplete'],
  ['a text that is too long', refusal(413), 'incomplete'],
  ['a plan that is used up', refusal(403, { code: 'PLAN_LIMIT_REACHED' }), 'asked'],
  ['a document that is gone', refusal(404), 'asked'],
  ['a key that was used', refusal(422, { code: 'IDEMPOTENCY_KEY_REUSED' }), 'asked'],
  ['a session that is over', refusal(401), 'never'],
  ['nobody signed in', new SessionFailure(), 'never'],
])('after %s a save is tried again: %s', (_case, failure, verdict) => {
  expect(judgeFailure(failure)).toBe(verdict)
})

test('each pause is longer, up to a limit', () => {
  const pauses = [0, 3, 20].map((attempts) => pauseBeforeRetry(new NetworkFailure(), attempts))
  expect(pauses[0]).toBeGreaterThanOrEqual(750)
  expect(pauses[1]).toBeGreaterThan(pauses[0] ?? 0)
  expect(pauses[2]).toBeLessThanOrEqual(37_500)
})

test('a service that says when to come back is not asked before', () => {
  expect(pauseBeforeRetry(refusal(503, null, 120), 0)).toBe(120_000)
})
