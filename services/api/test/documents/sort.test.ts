import { expectFault } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aDocument, allPagesOf, aStranger, aTrashedDocument, change, titlesOf } from '../support/documents.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const token = await aStranger(api)
const second = (count: number) => new Date(Date.UTC(2030, 0, 1, 0, 0, count))

/** Created in this order; the first is changed last. */
const titles = ['banana', 'Apple', 'cherry', 'apple', 'Äpfel']
for (const [index, title] of titles.entries()) {
  api.setClock(second(index))
  const { id } = await aDocument(api, token, { title })
  api.setClock(second(60 - index))
  await change(api, token, id, { content: 'changed' })
}
api.setClock(null)

const created = titles
const byTitle = [
  expect.stringMatching(/apple/i),
  expect.stringMatching(/apple/i),
  'banana',
  'cherry',
  'Äpfel',
]
test.each([
  ['created_at', created],
  ['-created_at', created.toReversed()],
  ['updated_at', created.toReversed()],
  ['-updated_at', created],
  ['title', byTitle],
  ['-title', byTitle.toReversed()],
])('lists in the order of %s, page by page, each document once', async (sort, expected) => {
  const pages = await allPagesOf(api, token, `?sort=${sort}&limit=2`)

  expect(pages.map(({ length }) => length)).toEqual([2, 2, 1])
  expect(pages.flat()).toEqual(expected)
  expect(new Set(pages.flat()).size).toBe(titles.length)
})

test.each([
  'title,id',
  'TITLE',
  '',
  '-',
  'content',
  '-trashed_at',
  "title';--",
])('refuses the order "%s"', async (sort) => {
  const answer = await api.send(`/api/documents?sort=${encodeURIComponent(sort)}`, { token })

  expectFault(answer, 'literal_error', ['query', 'sort'])
})

test('lists the trash apart, what came last first', async () => {
  const owner = await aStranger(api)
  await aDocument(api, owner, { title: 'Kept' })
  for (const title of ['One', 'Two', 'Three']) await aTrashedDocument(api, owner, { title })

  const trash = await allPagesOf(api, owner, '?trashed=true&limit=2')

  expect(trash).toEqual([['Three', 'Two'], ['One']])
  expect(await titlesOf(api, owner)).toEqual(['Kept'])
  expect(await titlesOf(api, owner, '?trashed=false')).toEqual(['Kept'])
})

test('has one order of the trash', async () => {
  const answer = await api.send('/api/documents?trashed=true&sort=title', { token })

  expectFault(answer, 'value_error', ['query', 'sort'])
})

test.each(['', '1', 'yes', 'TRUE'])('refuses "%s" as what tells the trash from the rest', async (trashed) => {
  const answer = await api.send(`/api/documents?trashed=${trashed}`, { token })

  expectFault(answer, 'literal_error', ['query', 'trashed'])
})
