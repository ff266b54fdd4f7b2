import { expect, test } from 'vitest'
import { aDocument, aStranger, change, titlesOf } from '../support/documents.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const characters = 500_000

/** Words of so many letters, counted up in the letters of a script, until the content is full: as many different ones as can be. */
function wordsOf(firstLetter: number, letters: number, length: number): string {
  const parts: string[] = []
  for (let index = 0; parts.length * (length + 1) < characters; index += 1) {
    const digits = Array.from({ length }, (_, place) => Math.floor(index / letters ** place) % letters)
    parts.push(String.fromCodePoint(...digits.map((digit) => firstLetter + digit)))
  }
  return [...parts.join(' ')].slice(0, characters).join('')
}

test.each([
  ['one ideograph of four bytes', wordsOf(0x20000, 42_000, 1)],
  ['two ideographs of four bytes', wordsOf(0x20000, 42_000, 2)],
  ['seven letters of four bytes', wordsOf(0x10400, 40, 7)],
  ['two ideographs of three bytes', wordsOf(0x4e00, 20_000, 2)],
  ['three syllables of three bytes', wordsOf(0xac00, 11_000, 3)],
  ['four letters of two bytes that grow in lower case', wordsOf(0x23a, 1, 4)],
  ['three letters of one byte', wordsOf(0x61, 26, 3)],
])(
  'keeps and finds 500,000 characters in words of %s',
  async (_case, content) => {
    const token = await aStranger(api)
    const [first = '', second = ''] = content.split(' ')

    const document = await aDocument(api, token, { title: 'Long', content })
    const changed = await change(api, token, document.id, { content: `${content.slice(0, -2)}x` })

    expect(document.content).toBe(content)
    expect(changed.status).toBe(200)
    expect(await titlesOf(api, token, `?q=${encodeURIComponent(`${first} ${second}`)}`)).toEqual(['Long'])
  },
  60_000,
)

test.each([
  ['one word', 'x'.repeat(characters)],
  ['one word of four bytes a letter', '𠀀'.repeat(characters)],
  ['emoji', '😀'.repeat(characters)],
  ['quotes and backslashes', "'\\".repeat(characters / 2)],
  ['line breaks', '\n'.repeat(characters)],
  ['markup', '<a>'.repeat(characters / 3)],
  ['a number', '1'.repeat(characters)],
])(
  'keeps 500,000 characters that are %s',
  async (_case, content) => {
    const token = await aStranger(api)

    const document = await aDocument(api, token, { title: 'Long', content })

    expect(document.content).toBe(content)
    expect(await titlesOf(api, token, '?q=long')).toEqual(['Long'])
  },
  60_000,
)

test('keeps the longest title, tags and content at once', async () => {
  const letters = (count: number, from: number) =>
    String.fromCodePoint(...Array.from({ length: count }, (_, index) => 0x20000 + from + index))
  const tags = Array.from({ length: 10 }, (_, index) => letters(40, 1_000 + 40 * index))

  const document = await aDocument(api, await aStranger(api), {
    title: letters(200, 0),
    tags,
    content: wordsOf(0x20000, 42_000, 2),
  })

  expect(document).toMatchObject({ title: letters(200, 0), tags })
}, 60_000)
