import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readTimelines } from '../src/database/timelines.ts'
import { readTarget } from '../src/restore/recovery-target.ts'
import { notePassedOver, refusePassedOver } from '../src/restore/refuse-passed-over.ts'
import { createStatusStore } from '../src/status/status-store.ts'

const noon = new Date('2026-11-28T12:00:00Z')
const one = new Date('2026-11-28T13:00:00Z')

/** Data on a timeline, as PostgreSQL notes from which it comes. */
function dataOn(timeline: number, before: number[]): string {
  const data = mkdtempSync(join(tmpdir(), 'data-'))
  mkdirSync(join(data, 'pg_wal'))
  const lines = before.map((one) => `${one}\t0/3000000\tbefore 2026-11-28 12:00:00+00\n`)
  const name = `${timeline.toString(16).toUpperCase().padStart(8, '0')}.history`
  if (timeline > 1) writeFileSync(join(data, 'pg_wal', name), lines.join('\n'))
  return data
}

/** What is known after a restore at one to noon, which began timeline 2. */
function afterARestore() {
  const status = createStatusStore(mkdtempSync(join(tmpdir(), 'status-')))
  notePassedOver(status, dataOn(2, [1]), { from: noon, to: one })
  return status
}

const restoreTo = (time: string, data: string, status = afterARestore()) =>
  refusePassedOver(readTarget({ time }), status.read().passedOver, readTimelines(data))

test.each([
  ['that runs', dataOn(2, [1])],
  ['that comes from it', dataOn(11, [1, 2])],
  ['that is lost', '/nowhere'],
])('after a restore, a moment that it passed over is refused with the way to it: of data %s', (_, data) => {
  expect(() => restoreTo('2026-11-28T12:30:00Z', data)).toThrow('npm run backup -- back')
  expect(() => restoreTo('2026-11-28T11:30:00Z', data)).not.toThrow()
  expect(() => restoreTo('2026-11-28T13:30:00Z', data)).not.toThrow()
})

test.each([
  ['was not taken over', dataOn(1, [])],
  ['was come back from', dataOn(3, [1])],
])('a restore that %s passes over nothing', (_, data) => {
  expect(() => restoreTo('2026-11-28T12:30:00Z', data)).not.toThrow()
})

test('a restore to the end of the log, on the timeline of one that was given up, passes over nothing', () => {
  const status = afterARestore()

  notePassedOver(status, dataOn(2, [1]), null)

  expect(() => restoreTo('2026-11-28T12:30:00Z', dataOn(2, [1]), status)).not.toThrow()
})
