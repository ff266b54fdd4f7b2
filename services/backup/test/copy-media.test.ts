import { expect, test } from 'vitest'
import type { Context } from '../src/context.ts'
import { readKeptDays } from '../src/media/copy-media.ts'

const now = new Date('2026-11-28T12:00:00Z')
const daysAgo = (days: number) => now.getTime() / 1_000 - days * 86_400

function keptDays(oldestBackup: number): Promise<number> {
  const backup = {
    label: 'x',
    type: 'full',
    database: { id: 1 },
    timestamp: { start: daysAgo(oldestBackup), stop: daysAgo(oldestBackup) },
    lsn: { stop: '0/1' },
    archive: { stop: '000000010000000000000001' },
    info: { size: 1, repository: { delta: 1 } },
  }
  const info = [
    { name: 'finity', status: { code: 0, message: 'ok' }, backup: [backup], db: [{ id: 1, version: '18' }] },
  ]
  return readKeptDays({
    pgBackRest: { run: async () => JSON.stringify(info) } as unknown as Context['pgBackRest'],
    config: { retentionDays: 28 } as Context['config'],
    clock: () => now,
  })
}

test.each([
  ['the days of the database, where the backups are younger', 3, 37],
  ['what the oldest backup may name, where sets are kept for longer than the days', 100, 109],
])('media are kept for %s', async (_, oldestBackup, days) => {
  expect(await keptDays(oldestBackup)).toBe(days)
})
