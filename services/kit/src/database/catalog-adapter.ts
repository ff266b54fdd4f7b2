import type { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, type SqlQuery } from '@prisma/driver-adapter-utils'
import type pg from 'pg'
import { migrationAdapter } from './migration-adapter.ts'

const oid = { char: 18, name: 19, bpchar: 1042, text: 25 }

type RowDescription = { fields: { dataTypeID: number }[] }
type WithConnection = { connection: NodeJS.EventEmitter }

/**
 * Prisma's adapter with the catalog's own types `"char"` and `name`, which it does not know
 * (https://github.com/prisma/orm/issues/28145), and which the schema engine reads when it describes a database.
 * For one engine at a time: its queries come one after the other.
 */
export function catalogAdapter(pool: pg.Pool): PrismaPg {
  const adapter = migrationAdapter(pool)
  const connectAsEver = adapter.connect.bind(adapter)
  const columnsOfLastAnswer = describeAnswers(pool)

  adapter.connect = async () => {
    const connection = await connectAsEver()
    const queryRaw = connection.queryRaw.bind(connection)
    connection.queryRaw = async (query: SqlQuery) => {
      const answer = await queryRaw(query)
      const isCharacter = (index: number) => columnsOfLastAnswer()[index] === oid.char
      const columnTypes = answer.columnTypes.map((type, index) =>
        isCharacter(index) ? ColumnTypeEnum.Character : type,
      )
      return { ...answer, columnTypes }
    }
    return connection
  }
  return adapter
}

/** Lets the adapter see common types in place of the catalog's own; tells which types the last answer really had. */
function describeAnswers(pool: pg.Pool): () => number[] {
  let columns: number[] = []
  pool.on('connect', (client) => {
    const { connection } = client as unknown as WithConnection
    connection.prependListener('rowDescription', ({ fields }: RowDescription) => {
      columns = fields.map((field) => field.dataTypeID)
      for (const field of fields) {
        if (field.dataTypeID === oid.char) field.dataTypeID = oid.bpchar
        if (field.dataTypeID === oid.name) field.dataTypeID = oid.text
      }
    })
  })
  return () => columns
}
