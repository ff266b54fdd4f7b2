import { runProgram } from '../programs/run-program.ts'

/** Rows of a query. Throws ProgramFailed. */
export type Ask = <Row>(database: string, sql: string) => Promise<Row[]>

export type ServerAccess = { socket: string; user: string; environment?: () => Record<string, string> }

/** Through psql, which is at hand wherever the server is, and needs no driver of its own. */
export function createAsk({ socket, user, environment }: ServerAccess): Ask {
  return async <Row>(database: string, sql: string): Promise<Row[]> => {
    const words = [...quiet, `--host=${socket}`, `--username=${user}`, `--dbname=${database}`]
    const asJson = `select coalesce(json_agg(answer), '[]') from (${sql}) as answer`
    return JSON.parse(await runProgram('psql', words, { environment: environment?.(), input: asJson }))
  }
}

/** Statements that answer with nothing, each a transaction of its own. */
export function createCommand({
  socket,
  user,
  environment,
}: ServerAccess): (database: string, ...statements: string[]) => Promise<void> {
  return async (database, ...statements) => {
    const words = [...quiet, `--host=${socket}`, `--username=${user}`, `--dbname=${database}`]
    const commands = statements.map((statement) => `--command=${statement}`)
    await runProgram('psql', [...words, ...commands], { environment: environment?.() })
  }
}

const quiet = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1']
