import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { doCommitsWait } from '../durability/keep-durability.ts'
import { hasJumped } from '../schedule/watch-clock.ts'
import type { WalFollower } from '../wal/follow-wal.ts'
import type { AlertFacts } from './find-alerts.ts'

export async function gatherFacts(
  {
    config,
    clock,
    clockJump,
    live,
    status,
  }: Pick<Context, 'config' | 'clock' | 'clockJump' | 'live' | 'status'>,
  follower: Pick<WalFollower, 'broken'>,
  startedAt: Date,
): Promise<AlertFacts> {
  return {
    now: clock(),
    startedAt,
    status: status.read(),
    notFollowed: follower.broken(),
    clockJump: hasJumped(clockJump()) ? clockJump() : 0,
    unarchivedSince: await readUnarchivedSince(config.folders.data),
    repositoryUsedPercent: await readUsedPercent(config.folders.repository),
    isCopiedOffsite: config.offsite !== null,
    steppedDown: config.mode === 'strict' && (await doCommitsWait(live)) === false,
  }
}

/** The server leaves a file for each segment that it would like to have archived, also when it is down. */
async function readUnarchivedSince(data: string): Promise<Date | null> {
  const folder = join(data, 'pg_wal/archive_status')
  const waiting = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.ready'))
  // One that is archived just now is gone already.
  const times = await Promise.all(
    waiting.map((name) =>
      stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => Number.POSITIVE_INFINITY,
      ),
    ),
  )
  const oldest = Math.min(...times)
  return Number.isFinite(oldest) ? new Date(oldest) : null
}

async function readUsedPercent(folder: string): Promise<number> {
  const { bavail, bfree, blocks } = await statfs(folder)
  const used = blocks - bfree
  // As df counts: of what this user could have at most.
  return (used / (used + bavail)) * 100
}
