import { expect, test } from 'vitest'
import { compareLines } from '../src/features/documents/line-diff.ts'

test('names the lines that part, and what is the same around them', () => {
  expect(compareLines('milk\nwhite bread\nsalt', 'milk\nrye bread\nsalt')).toEqual([
    { same: ['milk'] },
    { mine: ['white bread'], theirs: ['rye bread'] },
    { same: ['salt'] },
  ])
})

test.each([
  ['an added line', 'a\nc', 'a\nb\nc', [{ same: ['a'] }, { mine: [], theirs: ['b'] }, { same: ['c'] }]],
  ['a missing line', 'a\nb\nc', 'a\nc', [{ same: ['a'] }, { mine: ['b'], theirs: [] }, { same: ['c'] }]],
  ['another end', 'a\nb', 'a\nc', [{ same: ['a'] }, { mine: ['b'], theirs: ['c'] }]],
  ['nothing in common', 'a', 'b', [{ mine: ['a'], theirs: ['b'] }]],
  ['the same', 'a\nb', 'a\nb', [{ same: ['a', 'b'] }]],
  ['nothing at first', '', 'a', [{ mine: [''], theirs: ['a'] }]],
])('tells %s', (_case, mine, theirs, hunks) => {
  expect(compareLines(mine, theirs)).toEqual(hunks)
})

test('finds what is the same between two differences', () => {
  expect(compareLines('1\nx\n2\n3\ny\n4', '1\nX\n2\n3\nY\n4')).toEqual([
    { same: ['1'] },
    { mine: ['x'], theirs: ['X'] },
    { same: ['2', '3'] },
    { mine: ['y'], theirs: ['Y'] },
    { same: ['4'] },
  ])
})

test('each text can be read out of the comparison', () => {
  const [mine, theirs] = ['b\na\nc\nd\na\ne', 'a\nb\nc\na\nd\ne\nf']
  const hunks = compareLines(mine, theirs)
  expect(hunks.flatMap((hunk) => ('same' in hunk ? hunk.same : hunk.mine)).join('\n')).toBe(mine)
  expect(hunks.flatMap((hunk) => ('same' in hunk ? hunk.same : hunk.theirs)).join('\n')).toBe(theirs)
})

test('long texts that have little in common are compared in no time', () => {
  const [mine, theirs] = ['a', 'b'].map((letter) =>
    Array.from({ length: 5000 }, (_line, index) => `${letter} ${index}`).join('\n'),
  )
  expect(compareLines(mine ?? '', theirs ?? '')).toHaveLength(1)
})
