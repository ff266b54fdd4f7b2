import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Context } from '../src/context.ts'
import { fetchOffsite } from '../src/offsite/fetch-offsite.ts'
import type { OffsiteRepositories } from '../src/offsite/offsite-repositories.ts'
import { createStatusStore } from '../src/status/status-store.ts'

test('a copy that is fetched after another one was interrupted has nothing of that one', async () => {
  const volumes = mkdtempSync(join(tmpdir(), 'fetch-offsite-'))
  const folders = { repository: join(volumes, 'backups'), tail: join(volumes, 'tail') }
  for (const folder of Object.values(folders)) mkdirSync(folder)
  const fetch = async (id: string, isInterrupted: boolean) => {
    const restore: OffsiteRepositories['database']['restore'] = async (_, __, to) => {
      for (const folder of [to.repository, join(to.tail, '7423')]) {
        mkdirSync(folder, { recursive: true })
        writeFileSync(join(folder, id), id)
      }
      if (isInterrupted) throw new Error('interrupted')
    }
    const offsite = { database: { restore }, media: { list: async () => [] } }
    await fetchOffsite(
      {
        config: { folders } as Context['config'],
        status: createStatusStore(folders.repository),
        offsite: offsite as unknown as OffsiteRepositories,
      },
      { id, owner: 'us', takenAt: new Date() },
      () => {},
    ).catch(() => {})
  }

  await fetch('aaaa', true)
  await fetch('bbbb', false)

  expect(readdirSync(folders.repository).sort()).toEqual(['copy-owner', 'database', 'status.json'])
  expect(readdirSync(join(folders.repository, 'database'))).toEqual(['bbbb'])
  expect(readdirSync(folders.tail)).toEqual(['7423'])
  expect(readdirSync(join(folders.tail, '7423'))).toEqual(['bbbb'])
})

test('of the media those of the moment come first, since what is brought first stays', async () => {
  const volumes = mkdtempSync(join(tmpdir(), 'fetch-offsite-'))
  const folders = { repository: join(volumes, 'backups'), tail: join(volumes, 'tail') }
  for (const folder of Object.values(folders)) mkdirSync(folder)
  const brought: string[] = []
  const copies = ['01', '02', '03', '04'].map((day) => ({ id: day, takenAt: new Date(`2026-11-${day}`) }))
  const offsite = {
    database: {
      restore: async (_: string, __: string, to: { repository: string; tail: string }) => {
        for (const folder of [to.repository, to.tail]) mkdirSync(folder, { recursive: true })
      },
    },
    media: { list: async () => copies, restore: async (id: string) => brought.push(id) },
  }

  await fetchOffsite(
    {
      config: { folders } as Context['config'],
      status: createStatusStore(folders.repository),
      offsite: offsite as unknown as OffsiteRepositories,
    },
    { id: 'aaaa', owner: 'us', takenAt: new Date('2026-11-02T12:00:00Z') },
    () => {},
  )

  expect(brought).toEqual(['02', '04', '03'])
})

test('the named points come back with it', async () => {
  const volumes = mkdtempSync(join(tmpdir(), 'fetch-offsite-'))
  const folders = { repository: join(volumes, 'backups'), tail: join(volumes, 'tail') }
  for (const folder of Object.values(folders)) mkdirSync(folder)
  const points = { points: { 'before-v2': 7 }, pointTimes: { 'before-v2': '2026-11-28T12:00:00Z' } }
  const restore: OffsiteRepositories['database']['restore'] = async (_, __, to) => {
    for (const folder of [to.repository, to.tail]) mkdirSync(folder, { recursive: true })
    writeFileSync(join(to.repository, 'points.json'), JSON.stringify(points))
  }
  const status = createStatusStore(folders.repository)
  const offsite = { database: { restore }, media: { list: async () => [] } }

  await fetchOffsite(
    { config: { folders } as Context['config'], status, offsite: offsite as unknown as OffsiteRepositories },
    { id: 'aaaa', owner: 'us', takenAt: new Date() },
    () => {},
  )

  expect(status.read()).toMatchObject(points)
  expect(readdirSync(join(folders.repository, 'database'))).toEqual([])
})
