import { randomUUID } from 'node:crypto'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import type { Answer } from '@finity/kit/testing/send-request.ts'
import { expect, test } from 'vitest'
import type { MediaRead } from '../../src/media/schemas.ts'
import { aDocument, aStranger, aTrashedDocument } from '../support/documents.ts'
import { aMedium } from '../support/media.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const token = await aStranger(api)
const pathOf = (id: string) => `/api/documents/${id}/media`

function attach(id: string, mediaId: string, as = token): Promise<Answer> {
  return api.send(`${pathOf(id)}/${mediaId}`, { method: 'PUT', token: as })
}

function detach(id: string, mediaId: string, as = token): Promise<Answer> {
  return api.send(`${pathOf(id)}/${mediaId}`, { method: 'DELETE', token: as })
}

async function attachedTo(id: string): Promise<string[]> {
  const { body } = await api.send(pathOf(id), { token })
  return (body as { items: MediaRead[] }).items.map((medium) => medium.id)
}

test('begins with nothing attached', async () => {
  const { id } = await aDocument(api, token)

  const answer = await api.send(pathOf(id), { token })

  expect(answer).toMatchObject({ status: 200, body: { items: [] } })
})

test('shows what is attached as the media themselves, in the order of attaching', async () => {
  const { id } = await aDocument(api, token)
  const media = [await aMedium(api, token, 'one'), await aMedium(api, token, 'two')]
  for (const medium of media.toReversed()) await attach(id, medium.id)

  const { body } = await api.send(pathOf(id), { token })

  expect(body).toEqual({ items: media.toReversed() })
})

test('attaches once what is attached twice', async () => {
  const { id } = await aDocument(api, token)
  const medium = await aMedium(api, token)

  const answers = [await attach(id, medium.id), await attach(id, medium.id.toUpperCase())]

  expect(answers.map(({ status }) => status)).toEqual([204, 204])
  expect(await attachedTo(id)).toEqual([medium.id])
})

test('attaches a medium to several documents', async () => {
  const documents = [await aDocument(api, token), await aDocument(api, token)]
  const medium = await aMedium(api, token)

  for (const { id } of documents) await attach(id, medium.id)

  expect(await Promise.all(documents.map(({ id }) => attachedTo(id)))).toEqual([[medium.id], [medium.id]])
})

test('detaches a medium and keeps it; detaching it again is no fault', async () => {
  const { id } = await aDocument(api, token)
  const medium = await aMedium(api, token)
  await attach(id, medium.id)

  const answers = [await detach(id, medium.id), await detach(id, medium.id), await detach(id, randomUUID())]

  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204])
  expect(await attachedTo(id)).toEqual([])
  expect((await api.send(`/api/media/${medium.id}`, { token })).status).toBe(200)
})

test('shows no medium that was deleted, and shows it again when it is restored', async () => {
  const { id } = await aDocument(api, token)
  const medium = await aMedium(api, token)
  await attach(id, medium.id)

  await api.send(`/api/media/${medium.id}`, { method: 'DELETE', token })
  const without = await attachedTo(id)
  await api.send(`/api/media/${medium.id}/restore`, { method: 'POST', token })

  expect(without).toEqual([])
  expect(await attachedTo(id)).toEqual([medium.id])
})

test('attaches no medium that was deleted', async () => {
  const { id } = await aDocument(api, token)
  const medium = await aMedium(api, token)
  await api.send(`/api/media/${medium.id}`, { method: 'DELETE', token })

  const answer = await attach(id, medium.id)

  expectProblem(answer, 404, 'MEDIA_NOT_FOUND')
})

test("attaches no other account's medium", async () => {
  const { id } = await aDocument(api, token)
  const foreign = await aMedium(api, await aStranger(api))

  const answer = await attach(id, foreign.id)

  expectProblem(answer, 404, 'MEDIA_NOT_FOUND')
})

test.each([
  'nonsense',
  '00000000-0000-4000-8000-000000000000',
  "1'--",
])('answers 404 for the medium %s', async (mediaId) => {
  const { id } = await aDocument(api, token)

  const answer = await attach(id, mediaId)

  expectProblem(answer, 404, 'MEDIA_NOT_FOUND')
})

test("neither shows nor changes what is attached to another account's document", async () => {
  const stranger = await aStranger(api)
  const { id } = await aDocument(api, token)
  const [own, foreign] = [await aMedium(api, token), await aMedium(api, stranger)]
  await attach(id, own.id)

  const answers = [
    await api.send(pathOf(id), { token: stranger }),
    await attach(id, foreign.id, stranger),
    await detach(id, own.id, stranger),
  ]

  for (const answer of answers) expectProblem(answer, 404, 'DOCUMENT_NOT_FOUND')
  expect(await attachedTo(id)).toEqual([own.id])
})

test('changes nothing of a document in the trash, and still shows it', async () => {
  const document = await aDocument(api, token)
  const [kept, other] = [await aMedium(api, token), await aMedium(api, token)]
  await attach(document.id, kept.id)
  await api.send(`/api/documents/${document.id}`, { method: 'DELETE', token })

  const answers = [await attach(document.id, other.id), await detach(document.id, kept.id)]

  for (const answer of answers) expectProblem(answer, 409, 'DOCUMENT_IN_TRASH')
  expect(await attachedTo(document.id)).toEqual([kept.id])
})

test('detaches its media from a document that is removed for good', async () => {
  const { id } = await aTrashedDocument(api, token)
  const medium = await aMedium(api, token)
  await api.send(`/api/documents/${id}/restore`, { method: 'POST', token })
  await attach(id, medium.id)

  for (const query of ['', '?forever=true'])
    await api.send(`/api/documents/${id}${query}`, { method: 'DELETE', token })

  expectProblem(await api.send(pathOf(id), { token }), 404, 'DOCUMENT_NOT_FOUND')
  expect((await api.send(`/api/media/${medium.id}`, { token })).status).toBe(200)
})

test('attaches no more than 200 media to a document, also when they come at once', async () => {
  const { id } = await aDocument(api, token)
  await api.query(
    `insert into media (id, owner_id, name, size_bytes, sha256, state, created_at)
     select gen_random_uuid(), owner_id, 'x', 1, decode(repeat('00', 32), 'hex'), 'stored', now()
     from document, generate_series(1, 199) where id = $1`,
    id,
  )
  await api.query(
    `insert into document_media (document_id, media_id, attached_at)
     select d.id, m.id, now() from document d join media m using (owner_id) where d.id = $1 and m.name = 'x'`,
    id,
  )
  const media = await Promise.all(['a', 'b', 'c'].map((text) => aMedium(api, token, text)))

  const answers = await Promise.all(media.map((medium) => attach(id, medium.id)))

  const refused = answers.filter(({ status }) => status !== 204)
  expect(await attachedTo(id)).toHaveLength(200)
  expect(refused).toHaveLength(2)
  for (const answer of refused) expectProblem(answer, 409, { code: 'TOO_MANY_MEDIA', allowed: 200 })
})
