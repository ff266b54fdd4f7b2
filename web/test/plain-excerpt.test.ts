import { expect, test } from 'vitest'
import { plainExcerpt } from '../src/features/documents/plain-excerpt.ts'

test.each([
  [
    '# Plan We leave on **Friday** after [lunch](https://example.com).',
    'Plan We leave on Friday after lunch.',
  ],
  ['- [x] tent - [ ] rope 1. first 2) second', 'tent rope first second'],
  ['![a map](/api/media/1/content) > *said* ~~not~~ `code`', 'a map said not code'],
  ['| what | who | |---|---| | food | Ann |', 'what who food Ann'],
  ['snake_case and a-hyphen stay', 'snake_case and a-hyphen stay'],
  ['[cut off](https://example.com/very-lo', 'cut off'],
])('%s is read as %s', (excerpt, plain) => {
  expect(plainExcerpt(excerpt)).toBe(plain)
})
