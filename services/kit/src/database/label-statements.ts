import type pg from 'pg'
import { currentRequestId } from '../http/current-request.ts'

type Statement = { text: string; portal?: string; submit?: unknown }
type Query = (statement: unknown, ...rest: unknown[]) => unknown

let labels = 0

/**
 * Statements carry the id of the request that they are made for: as the name of their portal, which PostgreSQL writes into the line
 * of a slow one. A comment in the text would make each of them a new statement, to be parsed and planned again
 * (docs/decisions/0023).
 */
export function labelStatements(pool: pg.Pool): pg.Pool {
  labelThoseOf(pool)
  // A transaction asks its connection and not the pool.
  return pool.on('connect', labelThoseOf)
}

function labelThoseOf(asked: pg.Pool | pg.ClientBase): void {
  const query = asked.query.bind(asked) as Query
  asked.query = ((statement, ...rest) => query(label(statement), ...rest)) as Query as typeof asked.query
}

/** The number comes first: names are cut at 63 characters, and no two portals of a transaction may have the same. */
function label(statement: unknown): unknown {
  const requestId = currentRequestId()
  if (requestId === undefined || !isPlain(statement)) return statement
  labels += 1
  return { ...statement, portal: `${labels.toString(36)}.${requestId}` }
}

/** What the pool has labelled comes by again on its connection. */
function isPlain(statement: unknown): statement is Statement {
  return (
    typeof statement === 'object' &&
    statement !== null &&
    !('portal' in statement) &&
    !('submit' in statement)
  )
}
