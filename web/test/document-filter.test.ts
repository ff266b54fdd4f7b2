import { expect, test } from 'vitest'
import { readFilter, writeFilter } from '../src/features/documents/document-filter.ts'

test.each([
  [{ search: '', tag: null, sort: '-updated_at' as const }, ''],
  [{ search: 'green house', tag: 'a&b', sort: 'title' as const }, 'q=green+house&tag=a%26b&sort=title'],
])('what is looked for stands in the address: %j', (filter, query) => {
  expect(String(writeFilter(filter))).toBe(query)
  expect(readFilter(new URLSearchParams(query))).toEqual(filter)
})

test('an order that does not exist is the usual one', () => {
  expect(readFilter(new URLSearchParams('sort=colour')).sort).toBe('-updated_at')
})
