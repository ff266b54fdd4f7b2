import { expect, test } from 'vitest'
import { describeFailure } from '../src/lib/describe-failure.ts'
import { HttpFailure } from '../src/lib/failures.ts'
import { readProblem } from '../src/lib/problem.ts'

test.each([
  [900, 'Too many attempts. Try again in 15 minutes.'],
  [null, 'Too many attempts. Try again in 1 minute.'],
])('says how long to wait after too many attempts: %j', (retryAfterSeconds, message) => {
  const failure = new HttpFailure(readProblem(429, null, null), retryAfterSeconds)
  expect(describeFailure(failure)).toEqual({ message, reference: null })
})
