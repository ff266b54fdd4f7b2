import { randomUUID } from 'node:crypto'
import { expectFault } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aDocument, allPagesOf, aStranger, listPage } from '../support/documents.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const path = '/api/documents'

/** Documents named 0, 1, … written one second after the other, or all in the same millisecond. */
async function documentsInARow(token: string, count: number, secondsApart: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    api.setClock(new Date(Date.UTC(2030, 0, 1) + index * secondsApart * 1_000))
    await aDocument(api, token, { title: String(index) })
  }
  api.setClock(null)
}

test('begins empty', async () => {
  const token = await aStranger(api)

  const page = await listPage(api, token)

  expect(page).toEqual({ items: [], next_cursor: null })
})

test('shows the newest change first, page by page, each document once', async () => {
  const token = await aStranger(api)
  await documentsInARow(token, 5, 1)

  const pages = await allPagesOf(api, token, '?limit=2')

  expect(pages).toEqual([['4', '3'], ['2', '1'], ['0']])
})

test('shows each document once even when all changed in the same millisecond', async () => {
  const token = await aStranger(api)
  await documentsInARow(token, 5, 0)

  const pages = await allPagesOf(api, token, '?limit=2')

  expect(pages.flat().sort()).toEqual(['0', '1', '2', '3', '4'])
})

test('ends without an empty page when the last page is full', async () => {
  const token = await aStranger(api)
  await documentsInARow(token, 4, 1)

  const pages = await allPagesOf(api, token, '?limit=2')

  expect(pages.map(({ length }) => length)).toEqual([2, 2])
})

test('shows 20 documents when no limit is given', async () => {
  const token = await aStranger(api)
  await documentsInARow(token, 21, 1)

  const page = await listPage(api, token)

  expect(page.items).toHaveLength(20)
})

test('shows how a content begins and not the whole of it', async () => {
  const token = await aStranger(api)
  await aDocument(api, token, { title: 'Long', content: '😀'.repeat(300) })

  const page = await listPage(api, token)

  expect(page.items).toEqual([
    {
      id: expect.any(String),
      title: 'Long',
      excerpt: '😀'.repeat(200),
      tags: [],
      version: 1,
      trashed_at: null,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    },
  ])
})

test("shows nothing of another account's documents", async () => {
  await aDocument(api, await aStranger(api))

  const page = await listPage(api, await aStranger(api))

  expect(page.items).toEqual([])
})

const forged = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url')
test.each([
  ['limit=0', 'greater_than_equal', 'limit'],
  ['limit=101', 'less_than_equal', 'limit'],
  ['limit=ten', 'int_parsing', 'limit'],
  ['limit=', 'int_parsing', 'limit'],
  ['limit=1e1', 'int_parsing', 'limit'],
  ['limit=-1', 'int_parsing', 'limit'],
  ['limit=99999999999999999999', 'int_parsing', 'limit'],
  ['limit=1&limit=2', 'string_type', 'limit'],
  ['cursor=', 'value_error', 'cursor'],
  ['cursor=nonsense', 'value_error', 'cursor'],
  ['cursor=%ff', 'value_error', 'cursor'],
  [`cursor=${forged(['x', '2030-01-01T00:00:00.000Z', randomUUID()])}`, 'value_error', 'cursor'],
  [`cursor=${forged([1, 2])}`, 'value_error', 'cursor'],
  [`cursor=${forged(null)}`, 'value_error', 'cursor'],
  ['page=2', 'extra_forbidden', 'page'],
])('refuses the query %s', async (query, type, field) => {
  const answer = await api.send(`${path}?${query}`, { token: await aStranger(api) })

  expectFault(answer, type, ['query', field])
})
