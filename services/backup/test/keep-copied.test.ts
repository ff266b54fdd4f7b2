import { expect, test } from 'vitest'
import { isCopyDue } from '../src/media/keep-copied.ts'

const now = new Date('2026-11-28T12:00:00Z')
const copied = (minutesAgo: number, error: string | null = null) => ({
  at: new Date(now.getTime() - minutesAgo * 60_000).toISOString(),
  seconds: 1,
  files: 1,
  bytes: 1,
  error,
})

test.each([
  ['never before', null, false, true],
  ['a minute ago, and some have come since', copied(1), true, true],
  ['a moment ago, and some have come since', copied(0.5), true, false],
  ['a minute ago, and none has come since', copied(1), false, false],
  ['an hour ago, and none has come since', copied(60), false, true],
  ['two minutes ago, without success', copied(2, 'the disk is full'), true, false],
  ['ten minutes ago, without success', copied(10, 'the disk is full'), false, true],
  ['by a clock that was a day ahead', copied(-1_440), false, true],
] as const)('media that were copied %s', (_, last, hasChanged, isDue) => {
  expect(isCopyDue(now, last, hasChanged, 60_000)).toBe(isDue)
})
