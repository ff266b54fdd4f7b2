import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aDocument, aStranger, aTrashedDocument, change } from '../support/documents.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const path = '/api/documents'
const token = await aStranger(api)
const many = 8

function read(id: string, headers: Record<string, string> = {}) {
  return api.send(`${path}/${id}`, { token, headers })
}

test('says the version of a document wherever it shows one', async () => {
  const created = await api.send(path, { token, json: { title: 'Notes' } })
  const { id } = created.body as { id: string }

  const seen = await read(id)
  const changed = await change(api, token, id, { title: 'New' }, '"1"')

  const etags = [created, seen, changed].map(({ headers }) => headers.get('etag'))
  expect(etags).toEqual(['"1"', '"1"', '"2"'])
  expect(changed.body).toMatchObject({ version: 2 })
})

test('sends a document only to who has not this very version', async () => {
  const { id } = await aDocument(api, token)

  const known = await read(id, { 'if-none-match': '"1"' })
  await change(api, token, id, { title: 'New' })
  const changed = await read(id, { 'if-none-match': '"1"' })

  expect([known.status, known.body, known.headers.get('etag')]).toEqual([304, '', '"1"'])
  expect(changed).toMatchObject({ status: 200, body: { title: 'New' } })
})

test.each([
  ['*', 304],
  ['W/"1"', 304],
  ['"7", "1"', 304],
  ['"7"', 200],
  ['1', 200],
  ['""', 200],
])('answers If-None-Match: %s with %i', async (header, status) => {
  const { id } = await aDocument(api, token)

  const answer = await read(id, { 'if-none-match': header })

  expect(answer.status).toBe(status)
})

test('refuses a change that does not say what it was made from', async () => {
  const document = await aDocument(api, token)

  const answer = await api.send(`${path}/${document.id}`, { method: 'PATCH', token, json: { title: 'New' } })

  expectProblem(answer, 428, 'IF_MATCH_REQUIRED')
  expect((await read(document.id)).body).toEqual(document)
})

test.each([
  '"1"',
  '"3"',
  '"1", "3"',
  'W/"2"',
  '2',
  'nonsense',
  '""',
])('refuses a change made from %s when the version is 2, and says which is', async (ifMatch) => {
  const { id } = await aDocument(api, token)
  await change(api, token, id, { title: 'Second' }, '"1"')

  const answer = await change(api, token, id, { title: 'Lost' }, ifMatch)

  expectProblem(answer, 412, 'DOCUMENT_CHANGED')
  expect(answer.headers.get('etag')).toBe('"2"')
  expect((await read(id)).body).toMatchObject({ title: 'Second' })
})

test.each([
  '"1"',
  '*',
  ' * ',
  '"7", "1"',
  '"7","1"',
])('takes a change made from %s when the version is 1', async (ifMatch) => {
  const { id } = await aDocument(api, token)

  const answer = await change(api, token, id, { title: 'New' }, ifMatch)

  expect(answer).toMatchObject({ status: 200, body: { title: 'New', version: 2 } })
})

/** As many as the requests that follow at once, so that each finds a connection to the database open and none waits for another. */
async function oneOfMany(): Promise<string> {
  const documents = await Promise.all(Array.from({ length: many }, () => aDocument(api, token)))
  return documents[0]?.id ?? 'none'
}

test('lets one of many changes made from the same version through', async () => {
  const id = await oneOfMany()

  const answers = await Promise.all(
    Array.from({ length: many }, (_, index) => change(api, token, id, { title: `Change ${index}` }, '"1"')),
  )

  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses).toEqual([200, ...Array.from({ length: many - 1 }, () => 412)])
  expect((await read(id)).body).toMatchObject({ version: 2 })
})

test('loses none of many changes at once that are meant for whatever is there', async () => {
  const id = await oneOfMany()

  await Promise.all(
    Array.from({ length: many }, (_, index) => change(api, token, id, { title: `Change ${index}` })),
  )

  expect((await read(id)).body).toMatchObject({ version: many + 1 })
})

test('makes no new version of a change that changes nothing', async () => {
  const { id } = await aDocument(api, token, { title: 'Notes', tags: ['a', 'b'] })

  const answer = await change(api, token, id, { title: ' Notes ', tags: ['a', 'b'] }, '"1"')

  expect(answer.headers.get('etag')).toBe('"1"')
})

test('refuses to change what is in the trash, whatever it was made from', async () => {
  const { id } = await aTrashedDocument(api, token)

  const answers = await Promise.all(
    ['*', '"1"', '"2"'].map((ifMatch) => change(api, token, id, { title: 'New' }, ifMatch)),
  )

  for (const answer of answers) expectProblem(answer, 409, 'DOCUMENT_IN_TRASH')
})
