import { mkdirSync } from 'node:fs'
import type { Context } from '../context.ts'
import { startThrowawayServer, type ThrowawayServer } from '../server/throwaway-server.ts'
import { type RecoveryTarget, targetOptions } from './recovery-target.ts'

type Parts = Pick<Context, 'pgBackRest' | 'config' | 'secrets'>

/** The log of weeks is replayed in hours. */
const replayLimitMs = 86_400_000

/**
 * Restores into an empty folder, with a recovery that reads the repository first, then the tail, then the tail's unfinished segment.
 * Nothing is started. Throws ProgramFailed.
 */
export async function restoreDatabase(
  { pgBackRest }: Parts,
  data: string,
  target: RecoveryTarget,
  onLine?: (line: string) => void,
): Promise<void> {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const options = [
    `--pg1-path=${data}`,
    '--process-max=2',
    '--log-level-console=info',
    '--recovery-option=restore_command=restore-wal %f %p',
    ...targetOptions(target),
  ]
  await pgBackRest.run('restore', options, { onLine })
}

/**
 * Starts what was restored, which replays up to its target; throws with its last words when it cannot. With `despiteGap` a part of the log
 * that is damaged is its end.
 */
export async function replay(
  { config, secrets }: Parts,
  data: string,
  { despiteGap } = { despiteGap: false },
): Promise<ThrowawayServer> {
  return await startThrowawayServer(data, replayLimitMs, {
    WAL_TAIL_DIR: config.folders.tail,
    PGBACKREST_REPO1_CIPHER_PASS: secrets.key,
    ...(despiteGap && { DESPITE_GAP: 'yes' }),
  })
}
