import type { AddressInfo } from 'node:net'
import express from 'express'
import pg from 'pg'
import { writeListQuery } from '../src/documents/list-store.ts'

/** The rival of list-documents.ts: an Express route with the same SQL on as many connections, and nothing else. */
const [databaseUrl, ownerId = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
const query = writeListQuery(ownerId, { order: '-updated_at', q: undefined, tag: undefined }, 21, undefined)

const server = express()
  .get('/api/documents', async (_request, response) => {
    const { rows } = await pool.query(query)
    response.json({ items: rows.slice(0, 20) })
  })
  .listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo
    process.stdout.write(`${JSON.stringify({ msg: 'listening', port })}\n`)
  })
