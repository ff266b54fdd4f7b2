import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import {
  aDocument,
  allPagesOf,
  aStranger,
  aTrashedDocument,
  countedDocuments,
  titlesOf,
} from '../support/documents.ts'
import { startApi } from '../support/start-api.ts'

const allowed = 5
const api = await startApi({ environment: { PLANS: JSON.stringify({ free: { documents: allowed } }) } })
const path = '/api/documents'
const used = { code: 'PLAN_LIMIT_REACHED', limit: 'documents', plan: 'free', allowed, used: allowed }

function create(token: string) {
  return api.send(path, { token, json: { title: 'Notes' } })
}

function trash(token: string, id: string) {
  return api.send(`${path}/${id}`, { method: 'DELETE', token })
}

function restore(token: string, id: string) {
  return api.send(`${path}/${id}/restore`, { method: 'POST', token })
}

async function fillPlan(token: string): Promise<string[]> {
  const documents = await Promise.all(Array.from({ length: allowed }, () => aDocument(api, token)))
  return documents.map(({ id }) => id)
}

async function countsOf(token: string) {
  const real = (await allPagesOf(api, token)).flat().length
  return { counted: await countedDocuments(api, token), real }
}

test('refuses one document more than the plan allows, and says what is used', async () => {
  const token = await aStranger(api)
  await fillPlan(token)

  const answer = await create(token)

  expectProblem(answer, 403, used)
  expect(await titlesOf(api, token)).toHaveLength(allowed)
})

test('takes exactly as many of many new documents at once as the plan allows', async () => {
  const token = await aStranger(api)

  const answers = await Promise.all(Array.from({ length: 12 }, () => create(token)))

  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses).toEqual([...Array(allowed).fill(201), ...Array(12 - allowed).fill(403)])
  expect(await countsOf(token)).toEqual({ counted: allowed, real: allowed })
})

test('does not count what is in the trash', async () => {
  const token = await aStranger(api)
  const [first = ''] = await fillPlan(token)

  await trash(token, first)
  const answer = await create(token)

  expect(answer.status).toBe(201)
  expect(await countsOf(token)).toEqual({ counted: allowed, real: allowed })
})

test('restores nothing beyond the plan, and leaves it in the trash', async () => {
  const token = await aStranger(api)
  const { id } = await aTrashedDocument(api, token, { title: 'Trashed' })
  await fillPlan(token)

  const answer = await restore(token, id)

  expectProblem(answer, 403, used)
  expect(await titlesOf(api, token, '?trashed=true')).toEqual(['Trashed'])
})

test('counts nothing for what is removed from the trash for good', async () => {
  const token = await aStranger(api)
  await aDocument(api, token)
  const { id } = await aTrashedDocument(api, token)
  await aTrashedDocument(api, token)

  await api.send(`${path}/${id}?forever=true`, { method: 'DELETE', token })
  await api.send(`${path}?trashed=true`, { method: 'DELETE', token })

  expect(await countsOf(token)).toEqual({ counted: 1, real: 1 })
})

test('counts nothing for a document that could not be written', async () => {
  const token = await aStranger(api)

  await api.send(path, { token, json: { title: '' } })

  expect(await countsOf(token)).toEqual({ counted: 0, real: 0 })
})

test('counts right whatever many requests at once do with the same documents', async () => {
  const token = await aStranger(api)
  const ids = await fillPlan(token)
  const acts = [
    ...[1, 2, 3].flatMap(() => ids.flatMap((id) => [() => trash(token, id), () => restore(token, id)])),
    ...ids.map((id) => () => api.send(`${path}/${id}?forever=true`, { method: 'DELETE', token })),
    ...[1, 2, 3].map(() => () => api.send(`${path}?trashed=true`, { method: 'DELETE', token })),
    ...ids.map(() => () => create(token)),
  ]
  const mixed = acts
    .map((act, index) => ({ act, rank: (index * 7) % acts.length }))
    .sort((a, b) => a.rank - b.rank)

  const answers = await inGroupsOf(
    8,
    mixed.map(({ act }) => act),
  )

  const { counted, real } = await countsOf(token)
  expect(counted).toBe(real)
  expect(real).toBeLessThanOrEqual(allowed)
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
})

/** As many at once as the service has database connections for. */
async function inGroupsOf<T>(size: number, acts: (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = []
  for (let start = 0; start < acts.length; start += size)
    results.push(...(await Promise.all(acts.slice(start, start + size).map((act) => act()))))
  return results
}
