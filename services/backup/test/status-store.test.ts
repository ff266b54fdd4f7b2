import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createStatusStore } from '../src/status/status-store.ts'

const backupOf = (at: string, error: string | null) => ({
  backup: { at, error, seconds: 1, kind: 'full' as const, label: null, bytes: 1 },
})
const failed = backupOf('2026-11-28T03:00:00.000Z', 'no space left on device')

/** A folder that has no room, for this process. */
function aFullFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'status-'))
  const inTheWay = join(folder, `status.json.${process.pid}`)
  mkdirSync(inTheWay)
  return { folder, makeRoom: () => rmSync(inTheWay, { recursive: true }) }
}

test('what the disk has no room for is known all the same, and saved when it has', () => {
  const { folder, makeRoom } = aFullFolder()
  const store = createStatusStore(folder)

  store.change(failed)
  const known = store.read().backup?.error
  makeRoom()
  store.change({ points: { early: 1 } })

  expect(known).toBe('no space left on device')
  expect(createStatusStore(folder).read()).toMatchObject({ ...failed, points: { early: 1 } })
})

test('what another container has saved since then is newer', () => {
  const { folder, makeRoom } = aFullFolder()
  const store = createStatusStore(folder)
  store.change(failed)
  makeRoom()

  writeFileSync(join(folder, 'status.json'), JSON.stringify(backupOf('2026-11-28T04:00:00.000Z', null)))
  const known = store.read().backup?.error
  store.change({ points: {} })

  expect([known, createStatusStore(folder).read().backup?.error]).toEqual([null, null])
})

test('what was noted while the clock was ahead gives way to what comes after it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'status-'))
  createStatusStore(folder).change(backupOf('2027-01-27T03:00:00.000Z', null))

  createStatusStore(folder).change(failed)

  expect(createStatusStore(folder).read()).toMatchObject(failed)
})
