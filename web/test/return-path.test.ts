import { expect, test } from 'vitest'
import { safeReturnPath } from '../src/lib/return-path.ts'

test.each([
  ['/documents/7'],
  ['/documents?sort=title#top'],
  ['/'],
])('goes back to %s, a page of this site', (path) => {
  expect(safeReturnPath(path)).toBe(path)
})

test.each([
  [null],
  [''],
  ['documents'],
  ['https://example.org'],
  ['//example.org'],
  ['/\\example.org'],
  ['/\t/example.org'],
  ['/.//example.org'],
  ['/documents/..//example.org'],
  ['javascript:alert(1)'],
  ['/sign-out'],
])('goes to the documents instead of %j', (value) => {
  expect(safeReturnPath(value)).toBe('/documents')
})
