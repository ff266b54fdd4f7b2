import { expectFault, expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aDocument, aStranger, change } from '../support/documents.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const path = '/api/documents'
const token = await aStranger(api)

test('writes a document and says where it is', async () => {
  const answer = await api.send(path, { token, json: { title: '  Plan  ', content: '# Today' } })

  const { id } = answer.body as { id: string }
  expect(answer).toMatchObject({ status: 201, body: { title: 'Plan', content: '# Today' } })
  expect(answer.headers.get('location')).toBe(`/api/documents/${id}`)
})

test('begins with empty content, without tags, as version 1', async () => {
  const document = await aDocument(api, token)

  expect(document).toMatchObject({ content: '', tags: [], version: 1, trashed_at: null })
})

test('shows a document to its owner', async () => {
  const document = await aDocument(api, token)

  const answer = await api.send(`${path}/${document.id}`, { token })

  expect(answer).toMatchObject({ status: 200, body: document })
})

test('changes what is given, leaves the rest and moves the change time', async () => {
  api.setClock(new Date('2030-01-01T00:00:00.000Z'))
  const { id } = await aDocument(api, token, { title: 'Old', content: 'kept', tags: ['kept'] })

  api.setClock(new Date('2030-01-02T00:00:00.000Z'))
  const answer = await change(api, token, id, { title: 'New' })
  api.setClock(null)

  const times = { created_at: '2030-01-01T00:00:00.000Z', updated_at: '2030-01-02T00:00:00.000Z' }
  expect(answer).toMatchObject({
    status: 200,
    body: { title: 'New', content: 'kept', tags: ['kept'], ...times },
  })
})

test.each([
  ['nothing', {}],
  ['what it is already', { title: 'Notes', content: '', tags: [] }],
])('changes nothing when given %s', async (_case, json) => {
  const document = await aDocument(api, token)

  const answer = await change(api, token, document.id, json)

  expect(answer).toMatchObject({ status: 200, body: document })
})

test.each([
  ['read', 'GET', '', undefined],
  ['change', 'PATCH', '', { title: 'Mine' }],
  ['trash', 'DELETE', '', undefined],
  ['remove', 'DELETE', '?forever=true', undefined],
  ['restore', 'POST', '/restore', undefined],
])("does not let an account %s another's document, or learn that it exists", async (_case, method, rest, json) => {
  const document = await aDocument(api, token)
  const headers = { 'if-match': '*' }

  const answer = await api.send(`${path}/${document.id}${rest}`, {
    method,
    token: await aStranger(api),
    json,
    headers,
  })

  const untouched = await api.send(`${path}/${document.id}`, { token })
  expectProblem(answer, 404, 'DOCUMENT_NOT_FOUND')
  expect(untouched.body).toEqual(document)
})

test.each([
  'nonsense',
  '00000000-0000-4000-8000-000000000000',
  "1'--",
  '..%2f..',
])('answers 404 for the id %s', async (id) => {
  const answer = await api.send(`${path}/${id}`, { token })

  expectProblem(answer, 404, 'DOCUMENT_NOT_FOUND')
})

test.each([
  ['no title', {}, 'missing', 'title'],
  ['a title of spaces', { title: '   ' }, 'string_too_short', 'title'],
  ['a title of 201 characters', { title: 'x'.repeat(201) }, 'string_too_long', 'title'],
  ['a number as a title', { title: 7 }, 'string_type', 'title'],
  [
    'content of 500,001 characters',
    { title: 'x', content: 'x'.repeat(500_001) },
    'string_too_long',
    'content',
  ],
  ['null as content', { title: 'x', content: null }, 'string_type', 'content'],
  ['an unknown field', { title: 'x', owner_id: 'me' }, 'extra_forbidden', 'owner_id'],
  ['a NUL in the title', { title: 'a\0b' }, 'string_unicode', 'title'],
  ['half a surrogate pair in the content', { title: 'x', content: '\udc00' }, 'string_unicode', 'content'],
])('refuses %s', async (_case, json, type, field) => {
  const answer = await api.send(path, { token, json })

  expectFault(answer, type, ['body', field])
})

test('refuses a field named __proto__', async () => {
  const raw = { body: '{"title":"x","__proto__":{"a":1}}', type: 'application/json' }

  const answer = await api.send(path, { token, raw })

  expectFault(answer, 'extra_forbidden', ['body', '__proto__'])
})

test('keeps any text exactly as it was sent', async () => {
  const content = '\u0001\u2028 😀 \r\n\t "quoted" \\ \ufffd e\u0301'

  const document = await aDocument(api, token, { title: '😀'.repeat(200), content })

  const { body } = await api.send(`${path}/${document.id}`, { token })
  expect(body).toMatchObject({ title: '😀'.repeat(200), content })
})

test('refuses a query that it does not know', async () => {
  const answer = await api.send(`${path}?draft=1`, { token, json: { title: 'x' } })

  expectFault(answer, 'extra_forbidden', ['query', 'draft'])
})
