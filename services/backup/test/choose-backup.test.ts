import { describe, expect, test } from 'vitest'
import type { Backup } from '../src/database/list-backups.ts'
import { type Followed, parseHistory } from '../src/database/timelines.ts'
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
const choose = (words: Parameters<typeof readTarget>[0], from = backups, followed: Followed | null = null) =>
  chooseBackup(readTarget(words), { backups: from, followed }, points).label

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

describe('after a restore to a moment and the way back from it', () => {
  const onTheWay = { ...aBackup('restored', 4), timeline: 2 }
  const text = '1\t0/15E\tat restore point'
  const followed = { database: 1, timelines: parseHistory('00000003.history', text), areLeft: false }

  test.each([
    ['the newest that leads to the data of now', {}, 'third'],
    ['of a time, the same', { time: '2026-11-28T05:00:00Z' }, 'third'],
    ['by its name, one that leads elsewhere', { set: 'restored' }, 'restored'],
  ])('%s is chosen', (_, words, label) => {
    expect(choose(words, [...backups, onTheWay], followed)).toBe(label)
  })

  test('a backup of after the place where its timeline was left is passed over', () => {
    const tooLate = { ...aBackup('too late', 4), end: 0x15f }

    expect(choose({}, [...backups, tooLate], followed)).toBe('third')
  })

  test('in a repository that was begun after it, which has no history, the newest is chosen', () => {
    expect(choose({}, [onTheWay], null)).toBe('restored')
  })

  test('where nothing leads to the data of now, a name is asked for', () => {
    expect(() => choose({}, [onTheWay], followed)).toThrow('name one of "backup list" with --set')
  })
})
