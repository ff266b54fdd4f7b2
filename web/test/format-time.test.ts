import { expect, test } from 'vitest'
import { formatAge, formatDuration, formatWait } from '../src/lib/format-time.ts'

const now = new Date('2030-05-20T12:00:00Z')

test.each([
  ['2030-05-20T11:59:30Z', 'just now'],
  ['2030-05-20T12:00:05Z', 'just now'],
  ['2030-05-20T11:58:30Z', '1 minute ago'],
  ['2030-05-20T09:00:00Z', '3 hours ago'],
  ['2030-05-19T11:00:00Z', 'yesterday'],
  ['2030-05-01T12:00:00Z', 'May 1, 2030'],
])('says how long ago %s is: %s', (time, age) => {
  expect(formatAge(new Date(time), now)).toBe(age)
})

test.each([
  [1, 'in 1 second'],
  [59, 'in 59 seconds'],
  [60, 'in 1 minute'],
  [61, 'in 2 minutes'],
  [900, 'in 15 minutes'],
  [3600, 'in 1 hour'],
  [5400, 'in 2 hours'],
])('says how soon %d seconds are: %s', (seconds, wait) => {
  expect(formatWait(seconds)).toBe(wait)
})

test.each([
  [0.2, '1 sec'],
  [9.4, '9 sec'],
  [60, '1 min'],
  [90, '1.5 min'],
  [7200, '2 hr'],
])('says how long %d seconds are: %s', (seconds, duration) => {
  expect(formatDuration(seconds)).toBe(duration)
})
