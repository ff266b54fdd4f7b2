import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { noteClockJump } from '../src/schedule/watch-clock.ts'
import { createStatusStore } from '../src/status/status-store.ts'

test('a clock that was set is known in other containers, until it is right or the sidecar starts anew', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watch-clock-'))
  const noted = (seconds: number) => {
    noteClockJump(createStatusStore(folder), seconds)
    return createStatusStore(folder).read().clockJump
  }

  expect([noted(0.2), noted(-3_600.2), noted(0.1)]).toEqual([0, -3_600, 0])
})
