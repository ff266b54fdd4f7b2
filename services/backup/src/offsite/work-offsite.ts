import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { lockLimitSeconds, workAlone } from '../programs/work-alone.ts'
import type { OffsiteRepositories } from './offsite-repositories.ts'

/** Whoever locks a repository on S3 does it under this. */
export const offsiteWork = 'copy to S3'

/**
 * Does a work on S3 alone. What a work has locked there that came to no end, because it was killed or S3 went away, is nobody's, and
 * goes first: restic would wait for it for half an hour. It asks whether the process of a lock lives by a signal to its number, so
 * containers must not pass for one host.
 */
export async function workOffsite<T>(
  { config }: Pick<Context, 'config'>,
  offsite: Pick<OffsiteRepositories, 'unlock'>,
  work: () => Promise<T>,
): Promise<T> {
  const { repository } = config.folders
  const ended = join(repository, 'locks', 's3-ended')
  return await workAlone(
    repository,
    offsiteWork,
    async () => {
      if (!existsSync(ended)) await offsite.unlock()
      rmSync(ended, { force: true })
      const result = await work()
      writeFileSync(ended, '')
      return result
    },
    lockLimitSeconds,
  )
}
