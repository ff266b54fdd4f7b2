import type { Context } from './context.ts'
import { idleSince } from './sessions/session-times.ts'

const dayMs = 24 * 3_600_000
const mailDays = 14

/** Deletes what nobody needs any more. Safe to run on several replicas at once. */
export async function pruneExpired({
  config,
  clock,
  logger,
  sessions,
  linkTokens,
  events,
  outbox,
  signingKeys,
}: Context): Promise<void> {
  const now = clock()
  const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs)
  const pruned = {
    sessions: await sessions.pruneSessions(now, idleSince(config.sessions, now)),
    endedSessions: await sessions.pruneEndedSessions(daysAgo(1)),
    links: await linkTokens.pruneTokens(now),
    events: await events.pruneEvents(daysAgo(config.eventRetentionDays)),
    mails: await outbox.pruneMails(daysAgo(mailDays)),
  }
  await signingKeys.prune()
  logger.debug(pruned, 'pruned')
}
