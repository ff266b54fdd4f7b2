import { expectFault } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aDocument, aStranger, listPage } from '../support/documents.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const token = await aStranger(api)
for (const title of ['One', 'Two']) await aDocument(api, token, { title, tags: ['x'] })

async function cursorOf(query: string): Promise<string> {
  return (await listPage(api, token, `?limit=1&${query}`)).next_cursor ?? 'none'
}

/** A cursor with one part replaced, as somebody could write it who reads one. */
function forge(cursor: string, index: number, value: unknown): string {
  const parts: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  return Buffer.from(JSON.stringify(parts.with(index, value))).toString('base64url')
}

test.each([
  ['sort=-updated_at', 'sort=updated_at'],
  ['sort=title', 'sort=-title'],
  ['sort=title', 'sort=created_at'],
  ['q=x', 'q=tw'],
  ['q=x', ''],
  ['tag=x', 'tag=y'],
  ['', 'trashed=true'],
])('refuses the cursor of the list "%s" for the list "%s"', async (query, other) => {
  const cursor = await cursorOf(query)

  const answer = await api.send(`/api/documents?${other}&cursor=${cursor}`, { token })

  expectFault(answer, 'value_error', ['query', 'cursor'])
})

test('takes a cursor with another limit', async () => {
  const cursor = await cursorOf('sort=title')

  const page = await listPage(api, token, `?sort=title&limit=50&cursor=${cursor}`)

  expect(page.items.map(({ title }) => title)).toEqual(['Two'])
})

test.each([
  ['the year 0', 'sort=created_at', 1, '0000-01-01T00:00:00.000Z'],
  ['a year of five digits', 'sort=created_at', 1, '+12000-01-01T00:00:00.000Z'],
  ['a NUL as a title', 'sort=title', 1, '\0'],
  ['half a surrogate pair as a title', 'sort=title', 1, '\ud800'],
  ['SQL as an id', 'sort=title', 2, "' or 1=1"],
])('refuses a cursor with %s', async (_case, query, index, value) => {
  const cursor = forge(await cursorOf(query), index, value)

  const answer = await api.send(`/api/documents?${query}&cursor=${cursor}`, { token })

  expectFault(answer, 'value_error', ['query', 'cursor'])
})
