import { expectFault, expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aDocument, aStranger, aTrashedDocument, titlesOf } from '../support/documents.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const path = '/api/documents'
const token = await aStranger(api)
const day = 86_400_000

function remove(id: string, query = '') {
  return api.send(`${path}/${id}${query}`, { method: 'DELETE', token })
}

function restore(id: string) {
  return api.send(`${path}/${id}/restore`, { method: 'POST', token })
}

function read(id: string) {
  return api.send(`${path}/${id}`, { token })
}

test('puts a document into the trash, where it can still be read', async () => {
  api.setClock(new Date('2030-01-01T00:00:00.000Z'))
  const document = await aDocument(api, token, { title: 'Notes', content: 'Text' })

  const deleted = await remove(document.id)
  api.setClock(null)

  const { body } = await read(document.id)
  expect(deleted.status).toBe(204)
  expect(body).toEqual({ ...document, version: 2, trashed_at: '2030-01-01T00:00:00.000Z' })
})

test('takes a second deletion for the first', async () => {
  const { id } = await aTrashedDocument(api, token)
  const before = await read(id)

  const again = await remove(id)

  expect(again.status).toBe(204)
  expect((await read(id)).body).toEqual(before.body)
})

test('restores a document as it was, in its place in the list', async () => {
  const owner = await aStranger(api)
  const document = await aDocument(api, owner, { title: 'First', content: 'Text', tags: ['a'] })
  await aDocument(api, owner, { title: 'Second' })
  await api.send(`${path}/${document.id}`, { method: 'DELETE', token: owner })

  const answer = await api.send(`${path}/${document.id}/restore`, { method: 'POST', token: owner })

  expect(answer).toMatchObject({ status: 200, body: { ...document, version: 3, trashed_at: null } })
  expect(answer.headers.get('etag')).toBe('"3"')
  expect(await titlesOf(api, owner)).toEqual(['Second', 'First'])
})

test('restores what is not in the trash by leaving it as it is', async () => {
  const document = await aDocument(api, token)

  const answer = await restore(document.id)

  expect(answer).toMatchObject({ status: 200, body: document })
})

test('removes a document for good from the trash', async () => {
  const { id } = await aTrashedDocument(api, token)

  const removed = await remove(id, '?forever=true')

  const answers = [await read(id), await restore(id), await remove(id), await remove(id, '?forever=true')]
  expect(removed.status).toBe(204)
  for (const answer of answers) expectProblem(answer, 404, 'DOCUMENT_NOT_FOUND')
})

test('removes nothing for good that is not in the trash', async () => {
  const document = await aDocument(api, token)

  const answer = await remove(document.id, '?forever=true')

  expectProblem(answer, 409, 'DOCUMENT_NOT_IN_TRASH')
  expect((await read(document.id)).body).toEqual(document)
})

test("empties the trash, and touches neither other documents nor another's trash", async () => {
  const owner = await aStranger(api)
  const other = await aStranger(api)
  await aDocument(api, owner, { title: 'Kept' })
  for (const one of [owner, owner, other]) await aTrashedDocument(api, one, { title: 'Trashed' })

  const answer = await api.send(`${path}?trashed=true`, { method: 'DELETE', token: owner })

  expect(answer.status).toBe(204)
  expect(await titlesOf(api, owner)).toEqual(['Kept'])
  expect(await titlesOf(api, owner, '?trashed=true')).toEqual([])
  expect(await titlesOf(api, other, '?trashed=true')).toEqual(['Trashed'])
})

test.each([
  ['', 'missing'],
  ['?trashed=false', 'literal_error'],
])('does not delete all documents when asked for DELETE /api/documents%s', async (query, type) => {
  const owner = await aStranger(api)
  await aDocument(api, owner)

  const answer = await api.send(path + query, { method: 'DELETE', token: owner })

  expectFault(answer, type, ['query', 'trashed'])
  expect(await titlesOf(api, owner)).toHaveLength(1)
})

test('forgets what has been in the trash for 30 days, and nothing sooner', async () => {
  const owner = await aStranger(api)
  const start = Date.UTC(2030, 0, 1)
  for (const [title, at] of [
    ['Old', 0],
    ['Young', 1],
  ] as const) {
    api.setClock(new Date(start + at))
    await aTrashedDocument(api, owner, { title })
  }
  await aDocument(api, owner, { title: 'Kept' })

  api.setClock(new Date(start + 30 * day))
  api.startWork()
  await api.sendJob('empty-trash', {})

  await expect.poll(() => titlesOf(api, owner, '?trashed=true'), { timeout: 10_000 }).toEqual(['Young'])
  expect(await titlesOf(api, owner)).toEqual(['Kept'])
  api.setClock(null)
})
