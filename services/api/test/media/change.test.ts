import { expectFault, expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aStranger } from '../support/documents.ts'
import { aMedium, fetchBytes, namesOf, readMedium } from '../support/media.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const token = await aStranger(api)

const change = (id: string, json: object) => api.send(`/api/media/${id}`, { method: 'PATCH', token, json })
const remove = (id: string) => api.send(`/api/media/${id}`, { method: 'DELETE', token })
const restore = (id: string) => api.send(`/api/media/${id}/restore`, { method: 'POST', token })

test('renames a medium, and names its downloads so', async () => {
  const { id, alt_text } = await aMedium(api, token, 'text', { altText: 'kept' })

  const answer = await change(id, { name: 'new.txt' })

  const { links } = await readMedium(api, token, id)
  expect(answer).toMatchObject({ status: 200, body: { name: 'new.txt', alt_text } })
  expect((await fetchBytes(api, links.download)).headers.get('content-disposition')).toContain('"new.txt"')
})

test('changes what a picture is said to show', async () => {
  const { id, name } = await aMedium(api, token)

  const answer = await change(id, { alt_text: 'A red square' })

  expect(answer).toMatchObject({ status: 200, body: { name, alt_text: 'A red square' } })
})

test('changes nothing when nothing is given', async () => {
  const medium = await aMedium(api, token)

  const answer = await change(medium.id, {})

  expect(answer).toMatchObject({ status: 200, body: medium })
})

test.each([
  ['a path as a name', { name: '../x' }, 'value_error', 'name'],
  ['more than 1,000 characters to show', { alt_text: 'x'.repeat(1_001) }, 'string_too_long', 'alt_text'],
  ['an unknown field', { media_type: 'text/html' }, 'extra_forbidden', 'media_type'],
])('refuses %s', async (_case, json, type, field) => {
  const { id } = await aMedium(api, token)

  const answer = await change(id, json)

  expectFault(answer, type, ['body', field])
})

test('deletes a medium: its file is gone for everyone, and it can be seen that it was there', async () => {
  const { id, links } = await aMedium(api, token, 'text', { name: 'deleted' })

  const answers = [await remove(id), await remove(id)]

  expect(answers.map(({ status }) => status)).toEqual([204, 204])
  expect((await fetchBytes(api, links.content)).status).toBe(404)
  expect(await readMedium(api, token, id)).toMatchObject({ deleted_at: expect.any(String) })
  expect(await namesOf(api, token, '?q=deleted')).toEqual([])
})

test('restores a deleted medium, with its file', async () => {
  const medium = await aMedium(api, token, 'text', { name: 'restored' })
  await remove(medium.id)

  const answers = [await restore(medium.id), await restore(medium.id)]

  expect(answers).toMatchObject([
    { status: 200, body: medium },
    { status: 200, body: medium },
  ])
  expect((await fetchBytes(api, medium.links.content)).bytes.toString()).toBe('text')
})

test('changes no deleted medium', async () => {
  const { id } = await aMedium(api, token)
  await remove(id)

  const answer = await change(id, { name: 'x' })

  expectProblem(answer, 409, 'MEDIA_DELETED')
})

test.each([
  ['read', 'GET', '', undefined],
  ['change', 'PATCH', '', { name: 'Mine' }],
  ['delete', 'DELETE', '', undefined],
  ['restore', 'POST', '/restore', undefined],
])("does not let an account %s another's medium, or learn that it exists", async (_case, method, rest, json) => {
  const medium = await aMedium(api, token)

  const answer = await api.send(`/api/media/${medium.id}${rest}`, {
    method,
    token: await aStranger(api),
    json,
  })

  expectProblem(answer, 404, 'MEDIA_NOT_FOUND')
  expect(await readMedium(api, token, medium.id)).toEqual(medium)
})

test.each([
  'nonsense',
  '00000000-0000-4000-8000-000000000000',
  "1'--",
  '..%2f..',
])('answers 404 for the id %s', async (id) => {
  const answers = await Promise.all(
    ['', '/content', '/thumbnail'].map((part) => api.send(`/api/media/${id}${part}`, { token })),
  )

  for (const answer of answers) expectProblem(answer, 404, 'MEDIA_NOT_FOUND')
})
