import { expect, test } from 'vitest'
import { endsBefore, parseHistory } from '../src/database/timelines.ts'

const restored = (until: string) =>
  parseHistory('00000003.history', `2\t${until}\tno recovery target specified\n`)

test.each([
  ['in the newest segment', '0/9000500', false],
  ['in one before it', '0/8000500', true],
  ['where the newest begins, which was not to be had', '0/9000000', true],
])('a log that was replayed to a place %s is whole or not', (_, until, isShort) => {
  expect(endsBefore('000000020000000000000009', restored(until))).toBe(isShort)
})

test('what is archived of another timeline says nothing', () => {
  expect(endsBefore('000000010000000000000009', restored('0/8000500'))).toBe(false)
})
