import { expect, test } from 'vitest'
import { readRepository } from '../src/database/list-backups.ts'
import type { PgBackRest } from '../src/database/pgbackrest.ts'

test('a repository of another key is named so, also when what it decrypts to is quoted raw', async () => {
  const message = '[FormatError] key/value found outside of section at line 1: \u0001\u0007\u009f\nx'
  const told = `[{"name":"finity","status":{"code":99,"message":"${message}"},"backup":[],"archive":[],"db":[]}]`

  const read = readRepository({ run: async () => told } as Partial<PgBackRest> as PgBackRest)

  await expect(read).rejects.toThrow('The repository cannot be read, is its key another?')
})
