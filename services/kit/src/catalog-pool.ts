import pg from 'pg'

/** OIDs of the catalog's own types, `"char"` and `name`, and of the types that stand for them: bpchar and text. */
const standIns = new Map([
  [18, 1042],
  [19, 25],
])

type RowDescription = { fields: { dataTypeID: number }[] }
type WithConnection = { connection: NodeJS.EventEmitter }

/**
 * A pool that calls the catalog's own types by common names. Prisma's adapter does not know them
 * (https://github.com/prisma/orm/issues/28145), and the schema engine reads them when it describes a database.
 */
export function catalogPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString })
  pool.on('connect', (client) => {
    const { connection } = client as unknown as WithConnection
    connection.prependListener('rowDescription', ({ fields }: RowDescription) => {
      for (const field of fields) field.dataTypeID = standIns.get(field.dataTypeID) ?? field.dataTypeID
    })
  })
  return pool
}
