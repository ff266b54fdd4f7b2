import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { backup, idOf, readStatus } from './backup.ts'
import { writeDocument } from './kept-data.ts'
import { project } from './releases.ts'
import { type Account, send } from './requests.ts'
import { compose, docker, folder, until } from './stack.ts'

/** What a kill cost: how many writes were acknowledged, and how long before the kill each lost one was, in milliseconds. */
export type Loss = { acknowledged: number; lostBeforeKillMs: number[]; restoreSeconds: number }

const writers = 4

/** Sets the durability mode as an operator does, and waits until it is in force. */
export async function useMode(mode: 'async' | 'strict'): Promise<void> {
  appendFileSync(join(folder, '.env'), `\nBACKUP_MODE=${mode}\n`)
  compose('prod', 'up', '--detach', '--wait', 'db', 'backup')
  await until(async () => readStatus().commits_wait === (mode === 'strict'), 120_000)
}

/** People write, the server is killed in the middle, all volumes of data are deleted, and one command brings them back. */
export async function loseEverything(account: Account): Promise<Loss> {
  const acknowledged: { id: string; at: number }[] = []
  let isOver = false
  const work = Array.from({ length: writers }, async () => {
    while (!isOver) {
      const id = await writeDocument(account, 'Acknowledged').catch(() => null)
      if (id) acknowledged.push({ id, at: performance.now() })
      else await pause(20)
    }
  })
  await pause(2_000 + Math.random() * 3_000)
  docker('kill', idOf('db'))
  const killedAt = performance.now()
  isOver = true
  await Promise.all(work)

  docker('rm', '--force', ...['db', 'backup', 'api', 'web'].map(idOf))
  docker('volume', 'rm', `${project}_postgres_data`, `${project}_media_data`)
  const { code, output, seconds } = await backup('restore', '--yes')
  if (code !== 0) throw new Error(output)
  compose('prod', 'up', '--detach', '--wait')

  const kept = await listIds(account)
  const lost = acknowledged.filter(({ id }) => !kept.has(id))
  return {
    acknowledged: acknowledged.length,
    lostBeforeKillMs: lost.map(({ at }) => Math.round(killedAt - at)),
    restoreSeconds: seconds,
  }
}

async function listIds(account: Account): Promise<Set<string>> {
  const ids = new Set<string>()
  let cursor = ''
  do {
    const answer = await send(`/api/documents?limit=100&sort=created_at${cursor}`, account)
    const page = (await answer.json()) as { items: { id: string }[]; next_cursor: string | null }
    for (const { id } of page.items) ids.add(id)
    cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : ''
  } while (cursor)
  return ids
}
