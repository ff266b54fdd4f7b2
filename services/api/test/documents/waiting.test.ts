import { setTimeout as pass } from 'node:timers/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { aDocument, aStranger } from '../support/documents.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const connections = 10

const trash = (token: string, id: string) => api.send(`/api/documents/${id}`, { method: 'DELETE', token })

/** Until the transactions of all connections wait for a lock. */
async function allWait(): Promise<void> {
  const waiting = () =>
    api.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
  while ((await waiting()).length < connections) await pass(20)
}

test('a change waits for a connection while others hold them all', async () => {
  const [token, another] = [await aStranger(api), await aStranger(api)]
  const documents = await Promise.all(Array.from({ length: connections }, () => aDocument(api, token)))
  const { id } = await aDocument(api, another)
  const holder = new pg.Client({ connectionString: api.database.url })
  await holder.connect()
  await holder.query('begin; select from usage for update')

  const others = documents.map((document) => trash(token, document.id))
  await allWait()
  const changed = trash(another, id)
  await pass(3_000)
  await holder.end()

  expect((await changed).status).toBe(204)
  await Promise.all(others)
})
