import { expect, test } from 'vitest'
import { gapsIn } from '../src/database/verify-repository.ts'

const fileOf = (segment: string, cluster = '18-1') =>
  `${cluster}/${segment.slice(0, 16)}/${segment}-${'a'.repeat(40)}.zst`

test('a segment that is missing between others is told, which pgBackRest does not do', () => {
  const files = ['0000000100000000000000FE', '000000010000000100000001'].map((name) => fileOf(name))

  expect(gapsIn(files)).toEqual([
    'the log has a gap: 2 segment(s) are missing after 0000000100000000000000FE',
  ])
})

test.each([
  ['the next half', ['0000000100000000000000FF', '000000010000000100000000']],
  ['another timeline', ['000000010000000000000004', '000000020000000000000009']],
])('a log that goes on in %s has no gap', (_, names) => {
  expect(gapsIn(names.map((name) => fileOf(name)))).toEqual([])
})

test('the logs of two clusters are two', () => {
  expect(gapsIn([fileOf('000000010000000000000004', '17-1'), fileOf('000000010000000000000009')])).toEqual([])
})
