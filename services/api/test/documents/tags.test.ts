import { expectFault } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aDocument, aStranger, aTrashedDocument, change, titlesOf } from '../support/documents.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const path = '/api/documents'

async function tagsOf(token: string): Promise<unknown> {
  const { body } = await api.send('/api/tags', { token })
  return (body as { items: unknown }).items
}

test('keeps tags in their order, trimmed, and the first of each that differ in case alone', async () => {
  const document = await aDocument(api, await aStranger(api), {
    title: 'Notes',
    tags: ['  Work ', 'Über', 'work', '日本', 'ÜBER', 'WORK'],
  })

  expect(document.tags).toEqual(['Work', 'Über', '日本'])
})

test.each([
  ['11 tags', Array.from({ length: 11 }, (_, index) => `t${index}`), 'too_long', []],
  ['an empty tag', ['a', ''], 'string_too_short', [1]],
  ['a tag of spaces', ['   '], 'string_too_short', [0]],
  ['a tag of 41 characters', ['x'.repeat(41)], 'string_too_long', [0]],
  ['a tag of 100 KB', ['x'.repeat(100_000)], 'string_too_long', [0]],
  ['a tag with a NUL', ['a\0b'], 'string_pattern_mismatch', [0]],
  ['a tag with a line break', ['a\nb'], 'string_pattern_mismatch', [0]],
  ['half a surrogate pair', ['\ud800'], 'string_unicode', [0]],
  ['a number', [7], 'string_type', [0]],
  ['one text', 'work', 'list_type', []],
  ['null', null, 'list_type', []],
])('refuses %s', async (_case, tags, type, place) => {
  const answer = await api.send(path, { token: await aStranger(api), json: { title: 'x', tags } })

  expectFault(answer, type, ['body', 'tags', ...place])
})

test('takes 10 tags of 40 characters of four bytes', async () => {
  const tags = Array.from({ length: 10 }, (_, index) => '😀'.repeat(39) + index)

  const document = await aDocument(api, await aStranger(api), { title: 'x', tags })

  expect(document.tags).toEqual(tags)
})

test('tells the tags of documents, the most used first, in their most used spelling', async () => {
  const token = await aStranger(api)
  for (const tags of [['Work', 'b'], ['work'], ['Work', 'a'], []])
    await aDocument(api, token, { title: 'x', tags })
  await aTrashedDocument(api, token, { title: 'x', tags: ['trashed', 'a'] })
  await aDocument(api, await aStranger(api), { title: 'x', tags: ['foreign'] })

  const tags = await tagsOf(token)

  expect(tags).toEqual([
    { tag: 'Work', documents: 3 },
    { tag: 'a', documents: 1 },
    { tag: 'b', documents: 1 },
  ])
})

test('tells no more than 100 tags', async () => {
  const token = await aStranger(api)
  for (let document = 0; document < 11; document += 1)
    await aDocument(api, token, {
      title: 'x',
      tags: Array.from({ length: 10 }, (_, index) => `t${document}-${index}`),
    })

  const tags = await tagsOf(token)

  expect(tags).toHaveLength(100)
})

test.each([
  ['as it is', 'Work'],
  ['in another case', 'wORK'],
  ['with spaces around it', ' work '],
  ['of letters with marks, in another case', 'über uns'],
  ['with quotes and backslashes', 'it\'s \\ "fine" & | ! ( ) :*'],
])('lists the documents that have a tag %s', async (_case, tag) => {
  const token = await aStranger(api)
  await aDocument(api, token, { title: 'Tagged', tags: ['Work', 'Über Uns', 'it\'s \\ "fine" & | ! ( ) :*'] })
  await aDocument(api, token, {
    title: 'Work in its title',
    content: "#work work über uns it's fine",
    tags: ['workshop'],
  })

  const titles = await titlesOf(api, token, `?tag=${encodeURIComponent(tag)}`)

  expect(titles).toEqual(['Tagged'])
})

test.each([
  'wor',
  'work over',
  '#work',
  '*',
  "'",
])('lists no document by "%s", which is not its tag', async (tag) => {
  const token = await aStranger(api)
  await aDocument(api, token, { title: 'Tagged', tags: ['Work'] })

  const titles = await titlesOf(api, token, `?tag=${encodeURIComponent(tag)}`)

  expect(titles).toEqual([])
})

test('lists by tag, words and order at once', async () => {
  const token = await aStranger(api)
  for (const [title, tags] of [
    ['plan b', ['x']],
    ['plan a', ['x']],
    ['plan c', []],
    ['other', ['x']],
  ] as const)
    await aDocument(api, token, { title, tags })

  const titles = await titlesOf(api, token, '?tag=x&q=plan&sort=title')

  expect(titles).toEqual(['plan a', 'plan b'])
})

test('lists by the tags that a document has now', async () => {
  const token = await aStranger(api)
  const { id } = await aDocument(api, token, { title: 'Notes', tags: ['old'] })

  await change(api, token, id, { tags: ['new'] })

  expect(await titlesOf(api, token, '?tag=old')).toEqual([])
  expect(await titlesOf(api, token, '?tag=new')).toEqual(['Notes'])
})

test.each([
  ['', 'string_too_short'],
  ['x'.repeat(41), 'string_too_long'],
])('refuses the tag "%s" as a filter', async (tag, type) => {
  const answer = await api.send(`${path}?tag=${tag}`, { token: await aStranger(api) })

  expectFault(answer, type, ['query', 'tag'])
})
