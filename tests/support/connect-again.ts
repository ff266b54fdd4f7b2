import { readFileSync } from 'node:fs'
import pg from 'pg'

/**
 * New connections to PostgreSQL, one after the other on eight lines at once until standard input ends, each with the password that
 * the secret file holds when the server asks for it, as the services make them. Prints a line for each: `connected`, or what went wrong.
 */
let isOver = false
process.stdin.resume().once('end', () => {
  isOver = true
})

async function connect(): Promise<string> {
  const client = new pg.Client({
    host: 'db',
    user: 'finity_monitor',
    database: 'finity_db',
    password: () => readFileSync('/run/secrets/monitor_password', 'utf8'),
    connectionTimeoutMillis: 5_000,
  })
  await client.connect()
  await client.end()
  return 'connected'
}

const lines = Array.from({ length: 8 }, async () => {
  while (!isOver) console.log(await connect().catch(String))
})
await Promise.all(lines)
