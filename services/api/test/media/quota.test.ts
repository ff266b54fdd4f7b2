import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aStranger } from '../support/documents.ts'
import { aMedium, namesOf, upload, whatIsThere } from '../support/media.ts'
import { startApi } from '../support/start-api.ts'

const allowed = 10_000
const limits = { free: { storage_bytes: allowed, upload_bytes: 5_000 }, pro: { storage_bytes: null } }
const api = await startApi({ environment: { PLANS: JSON.stringify(limits) } })
const kilobyte = new Uint8Array(1_000).fill(0x61)

const remove = (token: string, id: string) => api.send(`/api/media/${id}`, { method: 'DELETE', token })
const restore = (token: string, id: string) => api.send(`/api/media/${id}/restore`, { method: 'POST', token })

async function used(token: string): Promise<number> {
  const { body } = await api.send('/api/subscription', { token })
  return (body as { usage: { storage_bytes: number } }).usage.storage_bytes
}

/** What plans count beside what is really there, of all accounts. */
async function countedAndReal() {
  const [sums] = await api.query(
    `select (select coalesce(sum(storage_bytes), 0)::int from usage) as counted,
            (select coalesce(sum(size_bytes), 0)::int from media where deleted_at is null) as real`,
  )
  return sums as { counted: number; real: number }
}

test('refuses a file larger than the plan takes', async () => {
  const token = await aStranger(api)

  const answer = await upload(api, token, new Uint8Array(5_001).fill(0x61))

  expectProblem(answer, 413, { code: 'UPLOAD_TOO_LARGE', plan: 'free', allowed: 5_000 })
})

test('refuses a file that has no place in the plan any more, and says what is used', async () => {
  const token = await aStranger(api)
  await aMedium(api, token, new Uint8Array(5_000).fill(0x61))
  await aMedium(api, token, new Uint8Array(4_999).fill(0x61))

  const answer = await upload(api, token, 'ab')

  expectProblem(answer, 403, {
    code: 'PLAN_LIMIT_REACHED',
    limit: 'storage_bytes',
    plan: 'free',
    allowed,
    used: 9_999,
  })
  expect(await used(token)).toBe(9_999)
})

test('takes exactly as many of many uploads at once as there is place for', async () => {
  const token = await aStranger(api)

  const answers = await Promise.all(Array.from({ length: 30 }, () => upload(api, token, kilobyte)))

  const count = (wanted: number) => answers.filter(({ status }) => status === wanted).length
  expect([count(201), count(403)]).toEqual([10, 20])
  expect(await used(token)).toBe(allowed)
  expect(await namesOf(api, token, '?limit=100')).toHaveLength(10)
})

test('frees the place of a medium when it is deleted, once', async () => {
  const token = await aStranger(api)
  const { id } = await aMedium(api, token, kilobyte)
  await aMedium(api, token, kilobyte)

  await Promise.all([remove(token, id), remove(token, id), remove(token, id)])

  expect(await used(token)).toBe(1_000)
})

test('gives the place of a refused upload back', async () => {
  const token = await aStranger(api)

  await upload(api, token, new Uint8Array(4_000))

  expect(await used(token)).toBe(0)
})

test('restores a medium only when there is place for it', async () => {
  const token = await aStranger(api)
  const { id } = await aMedium(api, token, new Uint8Array(5_000).fill(0x61))
  await remove(token, id)
  for (const _again of [1, 2]) await aMedium(api, token, new Uint8Array(4_000).fill(0x61))

  const answer = await restore(token, id)

  expectProblem(answer, 403, {
    code: 'PLAN_LIMIT_REACHED',
    limit: 'storage_bytes',
    plan: 'free',
    allowed,
    used: 8_000,
  })
  expect((await api.send(`/api/media/${id}`, { token })).body).toMatchObject({
    deleted_at: expect.any(String),
  })
})

test('counts what is really there, whatever happens at once', async () => {
  const token = await aStranger(api)
  const ids = await Promise.all(
    Array.from({ length: 5 }, async () => (await aMedium(api, token, kilobyte)).id),
  )

  await Promise.all([
    ...ids.flatMap((id) => [remove(token, id), restore(token, id), remove(token, id), restore(token, id)]),
    ...Array.from({ length: 10 }, () => upload(api, token, kilobyte)),
    ...Array.from({ length: 5 }, () => upload(api, token, new Uint8Array(1_000))),
  ])

  const { counted, real } = await countedAndReal()
  expect(counted).toBe(real)
  expect(await used(token)).toBeLessThanOrEqual(allowed)
})

test('keeps a thousand small files, each with its place in the plan', { timeout: 180_000 }, async () => {
  const token = await aStranger(api)
  let next = 0
  const send = async () => {
    while (next < 1_000) {
      next += 1
      await aMedium(api, token, 'x', { name: `${next}.txt` })
    }
  }
  const before = await whatIsThere(api)

  await Promise.all(Array.from({ length: 10 }, send))

  const after = await whatIsThere(api)
  expect(await used(token)).toBe(1_000)
  expect(after.rows - before.rows).toBe(1_000)
  expect(after.files.length - before.files.length).toBe(1_000)
})
