import { expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import type { Context } from '../src/context.ts'
import { rehearseDocuments } from '../src/rehearse-documents.ts'
import { startApi } from './support/start-api.ts'

const api = await startApi()

test('a rehearsal reads pages and goes all the way to a new document, which nobody finds later', async () => {
  const { documentLists, newDocuments } = api.context
  let pages = 0
  let surroundings = 0
  const before = { log: api.log(), metrics: countedRequests(await api.metrics()) }

  const counting: Context = {
    ...api.context,
    documentLists: {
      listDocuments: (...question) => {
        pages += 1
        return documentLists.listDocuments(...question)
      },
    },
    newDocuments: {
      ...newDocuments,
      readSurroundings: (...question) => {
        surroundings += 1
        return newDocuments.readSurroundings(...question)
      },
    },
  }
  await rehearseDocuments(counting, createApp)

  const [rows] = await api.query(
    'select (select count(*) from document) + (select count(*) from idempotency_key) + (select count(*) from usage) as written',
  )
  expect([pages > 100, surroundings > 100]).toEqual([true, true])
  expect(rows).toEqual({ written: '0' })
  expect({ log: api.log(), metrics: countedRequests(await api.metrics()) }).toEqual(before)
})

function countedRequests(metrics: string): string[] {
  return metrics.split('\n').filter((line) => line.startsWith('http_server_request_duration_seconds_count'))
}
