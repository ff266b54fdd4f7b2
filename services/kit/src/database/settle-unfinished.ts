import { createHash } from 'node:crypto'
import type { MigrationList } from '@prisma/schema-engine-wasm'
import type pg from 'pg'
import { StartupFault } from '../env/startup-fault.ts'
import { isOneTransaction } from './classify-migration.ts'

export class MigrationHalfDone extends StartupFault {
  constructor(name: string) {
    super(
      `The migration ${name} stopped half-way, and what it had done by then may be there: it is not one transaction, or not the script of this release. ` +
        `Look what is there, undo or complete it by hand, then say so in its row of _prisma_migrations: ` +
        `"rolled_back_at = now()" has it run again, "finished_at = now()" has it done (docs/RUNBOOK.md, "A migration that stopped").`,
    )
  }
}

const unfinished = 'finished_at is null and rolled_back_at is null'

/**
 * Prepares the scripts of migrations. What is one transaction finishes its own row in it, so that a row without an end means that nothing
 * happened, and whoever would settle the row meanwhile waits: PostgreSQL goes on with a script whose client is gone.
 */
export function finishWithScript(list: MigrationList): (script: string) => string {
  const scripts = new Set([...scriptsOf(list).values()].filter(isOneTransaction))
  return (script) =>
    scripts.has(script)
      ? `update _prisma_migrations set finished_at = now() where ${unfinished}; ${script}`
      : script
}

/** A migration that was interrupted, or failed, keeps a row without an end, which the engine refuses to go past. If nothing of it happened, it may run again. */
export async function settleUnfinished(client: pg.Client, list: MigrationList): Promise<void> {
  const { rows: tables } = await client.query(`select to_regclass('_prisma_migrations') as name`)
  if (tables[0]?.name === null) return
  const scripts = scriptsOf(list)
  const { rows } = await client.query<{ id: string; migration_name: string; checksum: string }>(
    `select id, migration_name, checksum from _prisma_migrations where ${unfinished}`,
  )
  for (const { id, migration_name: name, checksum } of rows) {
    const script = scripts.get(name)
    if (script === undefined || checksum !== sha256(script) || !isOneTransaction(script))
      throw new MigrationHalfDone(name)
    await client.query(
      `update _prisma_migrations set rolled_back_at = now() where id = $1 and ${unfinished}`,
      [id],
    )
  }
}

function scriptsOf({ migrationDirectories }: MigrationList): Map<string, string> {
  return new Map(
    migrationDirectories.flatMap(({ path, migrationFile: { content } }) =>
      content.tag === 'ok' ? [[path, content.value] as const] : [],
    ),
  )
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
