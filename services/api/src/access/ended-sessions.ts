import type { Logger } from '@finity/kit/process/create-logger.ts'
import { type Repetition, repeat } from '@finity/kit/process/repeat.ts'
import { z } from 'zod'

export type EndedSessions = {
  /** Whether a session is known to have ended; its access tokens no longer count then, though they have not expired. */
  has: (sessionId: string) => boolean
  stop: () => Promise<void>
}

const askEveryMs = 2_000
const timeoutMs = 2_000
const list = z.object({ ids: z.array(z.string()) })

/**
 * The auth service's list of ended sessions, read again and again, so that no request waits for it. While auth is away the list
 * read last counts, and tokens expire by themselves.
 */
export function followEndedSessions(url: string | null, logger: Logger): EndedSessions {
  let ended = new Set<string>()
  async function read(address: string): Promise<void> {
    const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) })
    if (!response.ok) throw new Error(`the list of ended sessions was answered with ${response.status}`)
    ended = new Set(list.parse(await response.json()).ids)
  }
  const reading: Repetition | null = url === null ? null : repeat(() => read(url), askEveryMs, logger)
  return { has: (sessionId) => ended.has(sessionId), stop: async () => reading?.stop() }
}
