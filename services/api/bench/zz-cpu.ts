import { createServer } from 'node:http'
import { connect } from 'node:net'
import { openSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import express from 'express'
import pg from 'pg'
import { pino } from 'pino'
import { createLogger } from '@finity/kit/process/create-logger.ts'
import { writeListQuery } from '../src/documents/list-store.ts'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createContext } from '../src/context.ts'
import { anIssuer } from '../test/support/issuer.ts'
const account = '11111111-1111-4111-8111-111111111111'
const url = 'postgresql://postgres@127.0.0.1:55432/finity_doc_bench'
const issuer = await anIssuer()
const { config, secrets } = readConfig({ DATABASE_URL: url, JWKS_URL: issuer.jwksUrl })
const context = createContext({ config, secrets, logger: createLogger('api', 'info', pino.destination({ dest: '/dev/null', sync: true })) })
const pool = new pg.Pool({ connectionString: url, max: 10 })
const { types: _t, ...query } = writeListQuery(account, { order: '-updated_at', q: undefined, tag: undefined }, 21, undefined)
const bare = express().get('/api/documents', async (_q, response) => { const { rows } = await pool.query(query); response.json({ items: rows.slice(0, 20) }) })
const body = Buffer.alloc(8000, 'x')
const trivial = (_q: unknown, response: any) => response.writeHead(200, { 'content-length': 8000 }).end(body)
const token = await issuer.sign(account)
async function serve(app: any) { const server = createServer(app).listen(0, '127.0.0.1'); await new Promise((r) => server.once('listening', r)); const { port } = server.address() as AddressInfo; for (let i = 0; i < 50; i++) { const r = await fetch('http://127.0.0.1:' + port + '/api/documents?limit=20', { headers: { authorization: 'Bearer ' + token } }); await r.text(); if (r.ok) break } return client(port) }
async function client(port: number) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true }); let done = () => {}; let missing = -1
  const request = `GET /api/documents?limit=20 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`
  socket.on('data', (c) => { if (missing < 0) { const s = c.toString('latin1'); const e = s.indexOf('\r\n\r\n'); if (!s.startsWith('HTTP/1.1 200')) throw new Error(s); missing = Number(/content-length: (\d+)/i.exec(s)![1]) - (c.length - e - 4) } else missing -= c.length; if (missing <= 0) { missing = -1; done() } })
  return () => new Promise<void>((r) => { done = r; socket.write(request) })
}
const all = { api: await serve(createApp(context)) }
const costs: Record<string, number[]> = { api: [] }
const N = 50
for (let round = 0; round < Number(process.env.ROUNDS ?? 60); round++) for (const [name, send] of Object.entries(all)) {
  const before = process.cpuUsage()
  for (let i = 0; i < N; i++) await send()
  const { user, system } = process.cpuUsage(before)
  costs[name]!.push((user + system) / N)
}
for (const [name, list] of Object.entries(costs)) { const s = list.slice(15).sort((a, b) => a - b); console.log(name.padEnd(8), 'min', s[0]!.toFixed(0), 'p25', s[Math.floor(s.length / 4)]!.toFixed(0), 'median', s[Math.floor(s.length / 2)]!.toFixed(0)) }
process.exit()
