import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Context } from '../src/context.ts'
import { copyOffsite } from '../src/offsite/copy-offsite.ts'
import type { OffsiteRepositories } from '../src/offsite/offsite-repositories.ts'
import { infoFiles } from '../src/offsite/set-heads-aside.ts'
import { createStatusStore } from '../src/status/status-store.ts'

/** What a copy asks of S3, with a clock that was set by so many seconds. */
async function copyAfter(jump: number): Promise<string[]> {
  const volumes = mkdtempSync(join(tmpdir(), 'copy-offsite-'))
  const folders = { repository: join(volumes, 'backups'), tail: join(volumes, 'tail') }
  mkdirSync(folders.tail)
  for (const file of infoFiles.map((name) => join(folders.repository, 'database', name))) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, '')
  }
  const asked: string[] = []
  const noting = (name: string) => async () => {
    asked.push(name)
    return []
  }
  const names = ['prepare', 'list', 'copy', 'prune'] as const
  const database = Object.fromEntries(names.map((name) => [name, noting(name)]))
  await copyOffsite({
    config: { folders, retentionDays: 1 } as Context['config'],
    status: createStatusStore(folders.repository),
    pgBackRest: {} as Context['pgBackRest'],
    clock: () => new Date(),
    clockJump: () => jump,
    offsite: { database, unlock: async () => {} } as unknown as OffsiteRepositories,
  })
  return asked
}

test('what is too old on S3 goes when a copy is made', async () => {
  expect(await copyAfter(0)).toEqual(['prepare', 'list', 'copy', 'prune'])
})

test('nothing goes from S3 for its age after the clock was set', async () => {
  expect(await copyAfter(-3_600)).toEqual(['prepare', 'list', 'copy'])
})
