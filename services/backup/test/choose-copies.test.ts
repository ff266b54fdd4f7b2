import { expect, test } from 'vitest'
import { chooseCopies } from '../src/media/choose-copies.ts'

const copies = ['27T03', '27T04', '27T05', '28T03'].map((hour) => ({
  id: hour,
  takenAt: new Date(`2026-11-${hour}:00:00Z`),
  files: 1,
  bytes: 1,
}))

test.each([
  ['between two copies', '2026-11-27T03:30:00Z', ['28T03', '27T03', '27T04']],
  ['after the newest', '2026-11-28T04:00:00Z', ['28T03']],
  ['before the oldest', '2026-11-26T00:00:00Z', ['28T03', '27T03']],
])('the files of a moment %s come from the newest copy and those beside it', (_, moment, expected) => {
  const chosen = chooseCopies(new Date(moment), copies)

  expect(chosen.map(({ id }) => id)).toEqual(expected)
})

test('without a copy nothing is chosen', () => {
  expect(chooseCopies(new Date(), [])).toEqual([])
})
