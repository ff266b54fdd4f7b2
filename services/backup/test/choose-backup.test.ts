import { expect, test } from 'vitest'
import type { Backup } from '../src/database/list-backups.ts'
import { chooseBackup } from '../src/restore/choose-backup.ts'
import { readTarget } from '../src/restore/recovery-target.ts'

const aBackup = (label: string, hour: number): Backup => ({
  label,
  kind: 'diff',
  startedAt: new Date(Date.UTC(2026, 10, 28, hour)),
  endedAt: new Date(Date.UTC(2026, 10, 28, hour, 5)),
  databaseBytes: 1,
  repositoryBytes: 1,
  hasPageErrors: false,
  database: 1,
  end: hour * 100,
  timeline: 1,
  nextTransaction: hour * 10,
  version: '18',
})
const backups = [aBackup('first', 1), aBackup('second', 2), aBackup('third', 3)]
const points = { between: 250, early: 50 }
const choose = (words: Parameters<typeof readTarget>[0], from = backups) =>
  chooseBackup(readTarget(words), { backups: from }, points).label

test.each([
  ['the end', {}, 'third'],
  ['a time', { time: '2026-11-28T02:30:00Z' }, 'second'],
  ['a time while a backup is made', { time: '2026-11-28T02:01:00Z' }, 'first'],
  ['a transaction', { transaction: '25' }, 'second'],
  ['the first transaction after a backup', { transaction: '20' }, 'second'],
  ['a point', { name: 'between' }, 'second'],
  ['a point that nobody noted', { name: 'by-hand' }, 'first'],
  ['a set', { transaction: '25', set: 'first' }, 'first'],
])('before %s, the newest backup that ends before it is chosen', (_, words, label) => {
  expect(choose(words)).toBe(label)
})

test('where the oldest backup does not tell its transactions, it is taken for old enough', () => {
  const older = [{ ...aBackup('untold', 0), nextTransaction: null }, ...backups]

  expect(choose({ transaction: '5' }, older)).toBe('untold')
})

test.each([
  ['a time', { time: '2026-11-28T00:30:00Z' }],
  ['a transaction', { transaction: '9' }],
  ['a point', { name: 'early' }],
])('%s before all backups is refused', (_, words) => {
  expect(() => choose(words)).toThrow('No backup is as old as that')
})

test('a set that is not there is refused, and an empty repository is named', () => {
  expect(() => choose({ set: 'fourth' })).toThrow('There is no backup fourth')
  expect(() => choose({}, [])).toThrow('There is no backup in the repository')
})
