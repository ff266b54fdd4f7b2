import { randomUUID } from 'node:crypto'
import type { Ask } from '../server/ask-server.ts'
import type { LiveServer } from '../server/live-server.ts'

/**
 * Writes a line into the ledger of the live server (docker/postgres/backup-grants.sql). Each drill looks for the line that it wrote:
 * the log up to that moment was restored, whatever it went through.
 */
export async function writeLedger({ command }: LiveServer): Promise<string> {
  const id = randomUUID()
  await command(
    'postgres',
    `insert into backup_ledger (id) values ('${id}')`,
    `delete from backup_ledger where at < now() - interval '30 days'`,
  )
  return id
}

export async function isInLedger(ask: Ask, id: string): Promise<boolean> {
  return (await ask('postgres', `select id from backup_ledger where id = '${id}'`)).length > 0
}
