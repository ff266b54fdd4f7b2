import { expectFault } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import type { MediaRead } from '../../src/media/schemas.ts'
import { aStranger } from '../support/documents.ts'
import { aMedium, aPicture, bytesOf, namesOf } from '../support/media.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()

type Page = { items: MediaRead[]; next_cursor: string | null }

/** Media named 0, 1, … uploaded one second after the other, or all in the same millisecond. */
async function mediaInARow(token: string, count: number, secondsApart: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    api.setClock(new Date(Date.UTC(2030, 0, 1) + index * secondsApart * 1_000))
    await aMedium(api, token, 'text', { name: String(index) })
  }
  api.setClock(null)
}

async function namesOfAllPages(token: string, limit: number): Promise<string[][]> {
  const pages: string[][] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { body } = await api.send(`/api/media?limit=${limit}${cursor && `&cursor=${cursor}`}`, { token })
    pages.push((body as Page).items.map(({ name }) => name))
    cursor = (body as Page).next_cursor
  }
  return pages
}

test('begins empty', async () => {
  const { body } = await api.send('/api/media', { token: await aStranger(api) })

  expect(body).toEqual({ items: [], next_cursor: null })
})

test('shows the newest first, page by page, each medium once', async () => {
  const token = await aStranger(api)
  await mediaInARow(token, 5, 1)

  const pages = await namesOfAllPages(token, 2)

  expect(pages).toEqual([['4', '3'], ['2', '1'], ['0']])
})

test('shows each medium once even when all came in the same millisecond', async () => {
  const token = await aStranger(api)
  await mediaInARow(token, 5, 0)

  const pages = await namesOfAllPages(token, 2)

  expect(pages.flat().sort()).toEqual(['0', '1', '2', '3', '4'])
})

test("shows nothing of another account's media", async () => {
  await aMedium(api, await aStranger(api))

  const names = await namesOf(api, await aStranger(api))

  expect(names).toEqual([])
})

const kinds = await aStranger(api)
await aMedium(api, kinds, await aPicture(), { name: 'image' })
await aMedium(api, kinds, bytesOf('RIFF\x24\0\0\0WAVEfmt ', new Uint8Array(24)), { name: 'audio' })
await aMedium(api, kinds, bytesOf('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', new Uint8Array(100)), {
  name: 'video',
})
await aMedium(api, kinds, '%PDF-1.7\n', { name: 'document' })
await aMedium(api, kinds, 'text', { name: 'document of words' })
await aMedium(api, kinds, bytesOf(new Uint8Array([0x1f, 0x8b, 8, 0]), new Uint8Array(20)), { name: 'other' })

test.each([
  ['image', ['image']],
  ['audio', ['audio']],
  ['video', ['video']],
  ['document', ['document of words', 'document']],
  ['other', ['other']],
])('shows one kind only: %s', async (kind, names) => {
  const found = await namesOf(api, kinds, `?kind=${kind}`)

  expect(found).toEqual(names)
})

test.each([
  ['DOCU', ['document of words', 'document']],
  ['of', ['document of words']],
  ['%25', []],
  ['_', []],
  ['', ['other', 'document of words', 'document', 'video', 'audio', 'image']],
])('finds media by a part of their names: "%s"', async (q, names) => {
  const found = await namesOf(api, kinds, `?q=${q}`)

  expect(found).toEqual(names)
})

test('shows deleted media apart', async () => {
  const token = await aStranger(api)
  const { id } = await aMedium(api, token, 'text', { name: 'deleted' })
  await aMedium(api, token, 'text', { name: 'kept' })
  await api.send(`/api/media/${id}`, { method: 'DELETE', token })

  const [shown, deleted] = [await namesOf(api, token), await namesOf(api, token, '?deleted=true')]

  expect([shown, deleted]).toEqual([['kept'], ['deleted']])
})

test.each([
  ['limit=0', 'greater_than_equal', 'limit'],
  ['limit=101', 'less_than_equal', 'limit'],
  ['cursor=nonsense', 'value_error', 'cursor'],
  ['kind=picture', 'literal_error', 'kind'],
  ['deleted=maybe', 'literal_error', 'deleted'],
  ['page=2', 'extra_forbidden', 'page'],
])('refuses the query %s', async (query, type, field) => {
  const answer = await api.send(`/api/media?${query}`, { token: kinds })

  expectFault(answer, type, ['query', field])
})
