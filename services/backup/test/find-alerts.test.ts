import { expect, test } from 'vitest'
import { type AlertFacts, findAlerts } from '../src/alerts/find-alerts.ts'
import { nothing } from '../src/status/status-store.ts'

const limits = {
  archiveSeconds: 120,
  backupHours: 26,
  drillHours: 48,
  repositoryPercent: 80,
  offsiteSeconds: 600,
}
const now = new Date('2026-11-28T12:00:00Z')
const before = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const outcome = (hours: number, error: string | null = null) => ({
  at: before(hours).toISOString(),
  seconds: 1,
  error,
  bytes: 1,
})
const backup = { ...outcome(9), kind: 'diff' as const, label: 'x' }
const drill = { ...outcome(9), label: 'x', checks: [] }
const copied = (seconds: number) => ({
  at: new Date(now.getTime() - seconds * 1_000).toISOString(),
  mediaAt: null,
  prunedAt: null,
  error: 'S3 at https://s3.example.com does not do what it is asked',
})
const well: AlertFacts = {
  now,
  unarchivedSince: null,
  notFollowed: null,
  clockJump: 0,
  status: { ...nothing, backup, drill },
  repositoryUsedPercent: 10,
  steppedDown: false,
  isCopiedOffsite: false,
  startedAt: before(1_000),
}

const codes = (facts: Partial<AlertFacts>) =>
  findAlerts(limits, { ...well, ...facts }).map(({ code }) => code)

test('nothing is said where all is well', () => {
  expect(codes({})).toEqual([])
})

test.each<[string, Partial<AlertFacts>]>([
  ['WAL_NOT_ARCHIVED', { unarchivedSince: new Date(now.getTime() - 121_000) }],
  ['LOG_NOT_FOLLOWED', { notFollowed: { since: new Date(now.getTime() - 121_000), complaint: 'refused' } }],
  ['CLOCK_JUMPED', { clockJump: -3_600 }],
  ['BACKUP_OLD', { status: { ...well.status, backup: { ...backup, ...outcome(27) } } }],
  ['BACKUP_OLD', { status: { ...well.status, backup: null } }],
  ['BACKUP_OLD', { status: { ...well.status, backup: { ...backup, ...outcome(-27) } } }],
  ['DRILL_OLD', { status: { ...well.status, drill: { ...drill, ...outcome(49) } } }],
  ['REPOSITORY_FULL', { repositoryUsedPercent: 81 }],
  ['STEPPED_DOWN', { steppedDown: true }],
  ['OFFSITE_OLD', { isCopiedOffsite: true }],
  ['OFFSITE_OLD', { isCopiedOffsite: true, status: { ...well.status, offsite: copied(601) } }],
])('%s is said', (code, facts) => {
  expect(codes(facts)).toEqual([code])
})

test('a backup that failed is said, whatever came before it', () => {
  const status = { ...well.status, backup: { ...backup, ...outcome(1, 'no space left on device') } }

  expect(codes({ status })).toContain('BACKUP_FAILED')
})

test('a drill that failed is said, whatever its age', () => {
  const status = { ...well.status, drill: { ...drill, ...outcome(1, 'checksums: page 7') } }

  expect(codes({ status })).toContain('DRILL_FAILED')
})

test('damage in what the newest backup does not need is told as such, and not as a restore that failed', () => {
  const status = { ...well.status, damages: ['checksum invalid'] }

  expect(codes({ status })).toEqual(['REPOSITORY_DAMAGED'])
})

test('a sidecar that has just begun says nothing of what it cannot have done yet', () => {
  expect(codes({ status: nothing, startedAt: before(1) })).toEqual([])
})
