import { expect, test } from 'vitest'
import { addTags } from '../src/features/documents/tags.ts'

test.each([
  ['one', [], 'garden', ['garden']],
  ['several with commas between them', ['a'], ' b , c,, d ', ['a', 'b', 'c', 'd']],
  ['none that is there in another spelling', ['Garden'], 'garden', ['Garden']],
  ['none of nothing', ['a'], ' , ', ['a']],
  ['line ends as spaces', [], 'green\nhouse', ['green house']],
])('adds %s', (_case, tags, typed, expected) => {
  expect(addTags(tags, typed)).toEqual({ tags: expected, fault: null })
})

test('a tag has at most 40 characters, whatever they are made of', () => {
  expect(addTags([], '🌿'.repeat(40)).fault).toBeNull()
  expect(addTags(['a'], 'x'.repeat(41))).toEqual({
    tags: ['a'],
    fault: 'Use at most 40 characters for a tag.',
  })
})

test('a document has at most 10 tags', () => {
  const nine = ['1', '2', '3', '4', '5', '6', '7', '8', '9']
  expect(addTags(nine, '10').tags).toHaveLength(10)
  expect(addTags(nine, '10, 11')).toEqual({ tags: nine, fault: 'A document has at most 10 tags.' })
})
