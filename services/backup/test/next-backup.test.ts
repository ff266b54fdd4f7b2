import { expect, test } from 'vitest'
import { planNextBackup } from '../src/schedule/next-backup.ts'

const schedule = { hour: 3, fullDay: 0, mediaEveryMinutes: 60 }
/** A Saturday. */
const saturday = new Date('2026-11-28T10:00:00Z')
const lastSunday = new Date('2026-11-22T03:05:00Z')

test('without a full backup, one is due at once', () => {
  expect(planNextBackup(schedule, null, saturday)).toEqual({ kind: 'full', at: saturday })
})

test('the next full one is on its day, at its hour', () => {
  expect(planNextBackup(schedule, lastSunday, saturday)).toEqual({
    kind: 'full',
    at: new Date('2026-11-29T03:00:00Z'),
  })
})

test('on other days a differential one is due', () => {
  const monday = new Date('2026-11-30T10:00:00Z')

  const planned = planNextBackup(schedule, new Date('2026-11-29T03:05:00Z'), monday)

  expect(planned).toEqual({ kind: 'diff', at: new Date('2026-12-01T03:00:00Z') })
})

test('a day of full backups that was missed is made up for the day after', () => {
  const monday = new Date('2026-11-30T02:00:00Z')

  expect(planNextBackup(schedule, lastSunday, monday).kind).toBe('full')
})
