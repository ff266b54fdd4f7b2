import { expectFault } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aDocument, allPagesOf, aStranger, aTrashedDocument, change, titlesOf } from '../support/documents.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()

const library = [
  { title: 'Shopping', content: 'Milk, bread and README.md', tags: ['home'] },
  {
    title: 'Journal',
    content: 'See https://example.com/some/path or ask ada@mail.example',
    tags: ['Ölpreis'],
  },
  { title: 'Code', content: 'if (a < limit && limit > b) return snake_case', tags: ["it's \\ fine"] },
  { title: 'Wörter', content: "Страница नमस्ते 漢字 ＦＵＬＬ don’t don't", tags: [] },
]

async function aLibrary(): Promise<string> {
  const token = await aStranger(api)
  for (const document of library) await aDocument(api, token, document)
  return token
}
const token = await aLibrary()

function search(q: string, rest = ''): Promise<string[]> {
  return titlesOf(api, token, `?q=${encodeURIComponent(q)}${rest}`)
}

test.each([
  ['a word of the content', 'bread', 'Shopping'],
  ['a word of the title', 'shopping', 'Shopping'],
  ['a word of a tag', 'home', 'Shopping'],
  ['the beginning of a word', 'shop', 'Shopping'],
  ['several words of several fields', 'milk HOME shop', 'Shopping'],
  ['the first part of a file name', 'readme', 'Shopping'],
  ['the last part of a file name', 'md', 'Shopping'],
  ['a whole file name', 'README.md', 'Shopping'],
  ['a part of a path', 'path', 'Journal'],
  ['a whole URL', 'https://example.com/some/path', 'Journal'],
  ['a half-typed URL', 'https://example.co', 'Journal'],
  ['a part of an address', 'ada', 'Journal'],
  ['a word between < and >', 'limit', 'Code'],
  ['a part of a name with underscores', 'case', 'Code'],
  ['letters with marks, in another case', 'ÖLPREIS', 'Journal'],
  ['Cyrillic in another case', 'СТРАН', 'Wörter'],
  ['Devanagari', 'नम', 'Wörter'],
  ['Chinese', '漢', 'Wörter'],
  ['a word with an apostrophe', "don't", 'Wörter'],
])('finds a document by %s', async (_case, q, title) => {
  const found = await search(q)

  expect(found).toEqual([title])
})

test.each([
  ['the middle of a word', 'hopping'],
  ['two words of two documents', 'shopping journal'],
  ['a word that no document has', 'zebra'],
  ['nothing but punctuation', '!!! ???'],
  ['nothing but an emoji', '😀'],
])('finds nothing by %s', async (_case, q) => {
  const found = await search(q)

  expect(found).toEqual([])
})

test.each([
  ['bread & !milk', ['Shopping']],
  ['bread | zebra', []],
  ["bread':* & 'x", []],
  ["bread') or 1=1; --", []],
  ['bread \\', ['Shopping']],
  ["\\'bread", ['Shopping']],
  ['bread <-> milk', ['Shopping']],
  ['"milk bread"', ['Shopping']],
  ['bread:* (((', ['Shopping']],
  ['bread\tmilk\n', ['Shopping']],
])('takes nothing but the words of %s', async (q, titles) => {
  const found = await search(q)

  expect(found).toEqual(titles)
})

test.each(['', '   '])('leaves nothing out for the words "%s"', async (q) => {
  const found = await search(q)

  expect(found).toHaveLength(library.length)
})

test.each([
  ['201 characters', 'x'.repeat(201), 'string_too_long'],
  ['a NUL', 'a\0b', 'string_unicode'],
])('refuses to search for %s', async (_case, q, type) => {
  const answer = await api.send(`/api/documents?q=${encodeURIComponent(q)}`, { token })

  expectFault(answer, type, ['query', 'q'])
})

test('takes 200 characters of anything', async () => {
  const answers = await Promise.all(
    ['😀'.repeat(200), "'".repeat(200), '\\'.repeat(200), 'a b c d '.repeat(25), '漢'.repeat(200)].map((q) =>
      api.send(`/api/documents?q=${encodeURIComponent(q)}`, { token }),
    ),
  )

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
})

test('finds what was changed by its new words and no more by its old ones', async () => {
  const owner = await aStranger(api)
  const { id } = await aDocument(api, owner, { title: 'Before', content: 'before' })

  await change(api, owner, id, { title: 'After', content: 'after', tags: ['later'] })

  expect(await titlesOf(api, owner, '?q=before')).toEqual([])
  expect(await titlesOf(api, owner, '?q=after%20later')).toEqual(['After'])
})

test('finds in the trash only what is there', async () => {
  const owner = await aStranger(api)
  await aDocument(api, owner, { title: 'Plan kept' })
  await aTrashedDocument(api, owner, { title: 'Plan gone' })

  const trash = await titlesOf(api, owner, '?q=plan&trashed=true')

  expect(trash).toEqual(['Plan gone'])
  expect(await titlesOf(api, owner, '?q=plan')).toEqual(['Plan kept'])
})

test("never finds another account's documents", async () => {
  const found = await titlesOf(api, await aStranger(api), '?q=bread')

  expect(found).toEqual([])
})

test('pages through what it finds, in the order that is asked for', async () => {
  const owner = await aStranger(api)
  for (const title of ['plan c', 'plan a', 'other', 'plan d', 'plan b'])
    await aDocument(api, owner, { title })

  const pages = await allPagesOf(api, owner, '?q=plan&sort=title&limit=3')

  expect(pages).toEqual([['plan a', 'plan b', 'plan c'], ['plan d']])
})
