import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { chooseCopy } from '../src/offsite/fetch-offsite.ts'
import { infoFiles, setHeadsAside } from '../src/offsite/set-heads-aside.ts'

let folders: { repository: string; tail: string }
let aside: string

beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), 'heads-'))
  folders = { repository: join(root, 'backups'), tail: join(root, 'tail') }
  aside = join(folders.tail, 'copying')
  for (const name of infoFiles) {
    mkdirSync(dirname(join(folders.repository, 'database', name)), { recursive: true })
    writeFileSync(join(folders.repository, 'database', name), `${name} then`)
  }
  mkdirSync(join(folders.tail, '7423'), { recursive: true })
  writeFileSync(join(folders.tail, '7423/000000010000000000000001'), 'a segment')
  writeFileSync(join(folders.tail, '7423/000000010000000000000002.partial'), 'the newest')
})

test('what is pruned from the tail afterwards, and lists that change, are aside as they were', async () => {
  await setHeadsAside(folders, aside, { points: {}, pointTimes: {} })
  rmSync(join(folders.tail, '7423'), { recursive: true })
  for (const name of infoFiles) writeFileSync(join(folders.repository, 'database', name), 'later')

  expect(readdirSync(join(aside, 'tail/7423')).sort()).toEqual([
    '000000010000000000000001',
    '000000010000000000000002.partial',
  ])
  expect(infoFiles.map((name) => readFileSync(join(aside, 'database', name), 'utf8'))).toEqual(
    infoFiles.map((name) => `${name} then`),
  )
})

test('what one that was killed has left is not mixed with the next', async () => {
  mkdirSync(join(aside, 'tail/7423'), { recursive: true })
  writeFileSync(join(aside, 'tail/7423/000000010000000000000000'), 'of before')

  await setHeadsAside(folders, aside, { points: {}, pointTimes: {} })

  expect(readdirSync(join(aside, 'tail/7423'))).not.toContain('000000010000000000000000')
})

test('the copy of a time is the newest of before it', () => {
  const copies = [1, 2, 3].map((hour) => ({
    id: `${hour}`,
    takenAt: new Date(`2026-11-28T0${hour}:00:00Z`),
    owner: '',
  }))

  expect(chooseCopy(copies, new Date('2026-11-28T02:30:00Z'))?.id).toBe('2')
  expect(chooseCopy(copies, null)?.id).toBe('3')
  expect(chooseCopy(copies, new Date('2026-11-27T00:00:00Z'))).toBeUndefined()
})
