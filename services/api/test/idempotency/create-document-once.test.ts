import { randomUUID } from 'node:crypto'
import { expectFault, expectProblem } from '@finity/kit/testing/expect-problem.ts'
import type { Answer } from '@finity/kit/testing/send-request.ts'
import { expect, test } from 'vitest'
import { aStranger, change, countedDocuments, titlesOf } from '../support/documents.ts'
import { startApi } from '../support/start-api.ts'

const allowed = 10
const api = await startApi({ environment: { PLANS: JSON.stringify({ free: { documents: allowed } }) } })
const path = '/api/documents'

function create(token: string, key: string, json: object = { title: 'Notes' }): Promise<Answer> {
  return api.send(path, { token, json, headers: { 'idempotency-key': key } })
}

const isReplay = ({ headers }: Answer) => headers.get('idempotency-replayed') === 'true'

test('makes one document of the same request sent twice, and gives the first answer again', async () => {
  const token = await aStranger(api)
  const key = randomUUID()

  const first = await create(token, key, { title: 'Notes', content: 'a "b" \\ 😀', tags: ['x'] })
  const second = await create(token, key, { title: 'Notes', content: 'a "b" \\ 😀', tags: ['x'] })

  const told = ({ status, body, headers }: Answer) => [
    status,
    body,
    headers.get('location'),
    headers.get('etag'),
  ]
  expect(told(second)).toEqual(told(first))
  expect([isReplay(first), isReplay(second)]).toEqual([false, true])
  expect(await titlesOf(api, token)).toEqual(['Notes'])
})

test('gives the first answer also when the document has changed since', async () => {
  const token = await aStranger(api)
  const key = randomUUID()
  const first = await create(token, key)
  await change(api, token, (first.body as { id: string }).id, { title: 'Changed' })

  const second = await create(token, key)

  expect(second.body).toEqual(first.body)
})

test('makes one document of the same request sent many times at once', async () => {
  const token = await aStranger(api)
  const key = randomUUID()

  const answers = await Promise.all(Array.from({ length: 9 }, () => create(token, key)))

  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  expect(answers.filter(isReplay)).toHaveLength(8)
  expect(await countedDocuments(api, token)).toBe(1)
})

test.each([
  ['title', { title: 'Other' }],
  ['content', { title: 'Notes', content: 'Other' }],
  ['tags', { title: 'Notes', tags: ['other'] }],
])('refuses a key that was used for another %s', async (_case, json) => {
  const token = await aStranger(api)
  const key = randomUUID()
  await create(token, key)

  const answer = await create(token, key, json)

  expectProblem(answer, 422, { code: 'IDEMPOTENCY_KEY_REUSED' })
  expect(await titlesOf(api, token)).toEqual(['Notes'])
})

test('takes the same key of two accounts for two keys', async () => {
  const key = randomUUID()
  const [one, two] = [await aStranger(api), await aStranger(api)]

  const answers = [await create(one, key), await create(two, key)]

  expect(answers.map(isReplay)).toEqual([false, false])
  expect(await titlesOf(api, two)).toEqual(['Notes'])
})

test('takes requests without a key for different ones', async () => {
  const token = await aStranger(api)

  for (const _time of [1, 2]) await api.send(path, { token, json: { title: 'Notes' } })

  expect(await titlesOf(api, token)).toEqual(['Notes', 'Notes'])
})

test('remembers no failure: the same key can succeed later', async () => {
  const token = await aStranger(api)
  const ids = await Promise.all(
    Array.from(
      { length: allowed },
      async () => ((await create(token, randomUUID())).body as { id: string }).id,
    ),
  )
  const key = randomUUID()

  const refused = await create(token, key)
  await api.send(`${path}/${ids[0]}`, { method: 'DELETE', token })
  const taken = await create(token, key)

  expect([refused.status, taken.status, isReplay(taken)]).toEqual([403, 201, false])
})

test('lets a key be used anew after 24 hours, and not before', async () => {
  const token = await aStranger(api)
  const key = randomUUID()
  const start = Date.UTC(2030, 0, 1)
  const createAt = async (hours: number) => {
    api.setClock(new Date(start + hours * 3_600_000))
    return create(token, key)
  }

  const answers = [await createAt(0), await createAt(23.999), await createAt(24)]
  api.setClock(null)

  expect(answers.map(isReplay)).toEqual([false, true, false])
  expect(await titlesOf(api, token)).toHaveLength(2)
})

test('forgets answers that are not given again, and no others', async () => {
  const token = await aStranger(api)
  const start = Date.UTC(2030, 5, 1)
  const keys = { old: randomUUID(), young: randomUUID() }
  api.setClock(new Date(start))
  await create(token, keys.old)
  api.setClock(new Date(start + 1))
  await create(token, keys.young)

  api.setClock(new Date(start + 86_400_000))
  api.startWork()
  await api.sendJob('forget-old-requests', {})
  await expect
    .poll(() => api.metrics(), { timeout: 10_000 })
    .toMatch(/kind="forget-old-requests",result="done".* 1/)
  api.setClock(new Date(start + 1))
  const answers = [await create(token, keys.old), await create(token, keys.young)]
  api.setClock(null)

  expect(answers.map(isReplay)).toEqual([false, true])
})

test.each([
  ['a space', 'a b'],
  ['256 characters', 'x'.repeat(256)],
  ['a letter beyond ASCII', 'é'],
  ['nothing', ''],
])('refuses a key of %s', async (_case, key) => {
  const answer = await create(await aStranger(api), key)

  expectFault(answer, 'value_error', ['header', 'Idempotency-Key'])
})

test.each([
  ['255 characters', 'x'.repeat(255)],
  ['quotes and SQL', '"\';drop--'],
])('takes a key of %s', async (_case, key) => {
  const token = await aStranger(api)

  const answers = [await create(token, key), await create(token, key)]

  expect(answers.map(isReplay)).toEqual([false, true])
})
