/** `expand` leaves everything that the release before uses. `contract` takes something of it away, or asks more of its writes. */
export type MigrationKind = 'expand' | 'contract'

export type Classified = {
  kind: MigrationKind /** The statement that makes it a contract. */
  because?: string
}

/** What the release before may stumble over, on tables that it knows. */
const contracts = [
  /^drop (table|view|materialized view|schema|type|domain|sequence|function|procedure)\b/,
  /^truncate\b/,
  /^(create unique index|alter type .* rename|revoke|alter default privileges .*\brevoke)\b/,
  /^alter table .*\b(drop (column )?(if exists )?(?!constraint\b|default\b|not null\b|expression\b|identity\b)|drop default\b|rename\b|set not null\b|add (constraint|unique|check|foreign key|primary key|exclude)\b|(enable|force) row level security\b)/,
  /^alter table .*\balter (column )?\S+ (set data )?type\b/,
  /^alter table .*\badd (column )?(if not exists )?(?!constraint\b)\S+ .*\bnot null\b(?!.*\b(default|generated)\b)/,
]

/** A first line that overrules the statements, with the reason: `-- expand: nobody wrote to this column yet`. */
const verdict = /^--\s*(expand|contract):\s*\S/

/**
 * Reads a migration's SQL. Tables that it makes itself are nobody's yet: what it does to them is no contract.
 * Texts and bodies of functions are not looked into.
 */
export function classifyMigration(sql: string): Classified {
  const [, said] = verdict.exec(sql) ?? []
  if (said === 'expand') return { kind: 'expand' }
  if (said === 'contract') return { kind: 'contract', because: sql.split('\n', 1)[0] ?? '' }
  const statements = readStatements(sql)
  const made = new Set(statements.map(tableMade).filter((table) => table !== undefined))
  const because = statements.find(
    (statement) =>
      !made.has(tableChanged(statement) ?? '') && contracts.some((pattern) => pattern.test(statement)),
  )
  return because === undefined ? { kind: 'expand' } : { kind: 'contract', because: because.slice(0, 120) }
}

/** What ends a transaction, or works in none. A procedure, or a block with such a word in it, may end one too. */
const ends =
  /^(begin|start transaction|commit|end|rollback|abort|prepare transaction|call|vacuum|cluster|reindex|alter system|(create|drop|alter) (database|tablespace|subscription))\b|\bconcurrently\b/

/** Whether PostgreSQL does all of a script that it gets whole, or nothing. Where that is in doubt, the answer is no. */
export function isOneTransaction(sql: string): boolean {
  const statements = readStatements(sql)
  const endsInBlock =
    statements.some((statement) => /^do\b/.test(statement)) && /\b(commit|rollback)\b/i.test(sql)
  return !endsInBlock && !statements.some((statement) => ends.test(statement))
}

/** In small letters, on one line each, without comments, and with every text as ''. */
function readStatements(sql: string): string[] {
  return sql
    .replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\/|(\$\w*\$)[\s\S]*?\1|'(?:[^']|'')*'/g, (found) =>
      /^(--|\/\*)/.test(found) ? ' ' : "''",
    )
    .split(';')
    .map((statement) =>
      statement
        .replaceAll(/[\s"]+/g, ' ')
        .trim()
        .toLowerCase(),
    )
    .filter(Boolean)
}

function tableMade(statement: string): string | undefined {
  return /^create (?:unlogged )?table (?:if not exists )?(\S+)/.exec(statement)?.[1]
}

function tableChanged(statement: string): string | undefined {
  const [, altered, indexed, revoked] =
    /^(?:alter table (?:if exists )?(?:only )?(\S+)|create unique index .*?\bon (?:only )?(\S+?)(?:\(| |$)|revoke .*?\bon (?:table )?(\S+) from )/.exec(
      statement,
    ) ?? []
  return altered ?? indexed ?? revoked
}
