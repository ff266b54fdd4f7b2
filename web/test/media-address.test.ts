import { expect, test } from 'vitest'
import { readMediaAddress, writeMediaReference } from '../src/features/documents/media-address.ts'

const id = '01a2096b-4b32-72b3-b6ed-59a1f40cdefa'

test('a file is named in a text by the address of its content', () => {
  expect(writeMediaReference(id, 'harbour.png', true)).toBe(`![harbour.png](/api/media/${id}/content)`)
  expect(writeMediaReference(id, 'route.txt', false)).toBe(`[route.txt](/api/media/${id}/content)`)
  expect(readMediaAddress(`/api/media/${id}/content`)).toBe(id)
})

test('a name with brackets does not break the text around it', () => {
  expect(writeMediaReference(id, 'a [b] \\c', false)).toBe(`[a \\[b\\] \\\\c](/api/media/${id}/content)`)
})

test.each([
  [`https://other.example/api/media/${id}/content`],
  [`/api/media/${id}/content/../../documents`],
  [`/api/media/${id}`],
  ['/api/media/x/content'],
  [undefined],
])('%s is no file of this service', (address) => {
  expect(readMediaAddress(address)).toBeNull()
})
