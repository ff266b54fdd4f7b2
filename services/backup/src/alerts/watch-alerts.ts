import { type Repetition, repeat } from '@finity/kit/process/repeat.ts'
import type { Context } from '../context.ts'
import { msApart } from '../schedule/watch-clock.ts'
import type { WalFollower } from '../wal/follow-wal.ts'
import { type Alert, findAlerts } from './find-alerts.ts'
import { gatherFacts } from './gather-facts.ts'
import { composeNews, tellAlerts } from './tell-alerts.ts'

const lookEveryMs = 15_000
/** What stands is told again after this. */
const remindAfterMs = 24 * 3_600_000

export type AlertWatch = Repetition & { standing: () => Alert[] }

/** Looks every few seconds what is wrong; tells what is new or over, as a metric, in the log, by mail and by webhook. */
export function watchAlerts(context: Context, follower: Pick<WalFollower, 'broken'>): AlertWatch {
  const { config, logger, metrics, clock, status } = context
  const startedAt = clock()
  let standing: Alert[] = []

  async function look(): Promise<void> {
    standing = findAlerts(config.limits, await gatherFacts(context, follower, startedAt))
    metrics.alerts.reset()
    for (const { code } of standing) metrics.alerts.set({ code }, 1)
    const now = clock()
    const { told } = status.read()
    const isDue = ({ code }: Alert) => !told[code] || msApart(now, told[code]) > remindAfterMs
    const raised = standing.filter(isDue)
    const cleared = Object.keys(told).filter((code) => !standing.some((alert) => alert.code === code))
    if (raised.length === 0 && cleared.length === 0) return
    for (const alert of raised) logger.error(alert, 'alert')
    for (const code of cleared) logger.info({ code }, 'alert is over')
    await tellAlerts(context, composeNews(raised, cleared, standing))
    const news = new Set(raised.map(({ code }) => code))
    status.change({
      told: Object.fromEntries(
        standing.map(({ code }) => [code, news.has(code) ? now.toISOString() : (told[code] ?? '')]),
      ),
    })
  }

  return { ...repeat(look, lookEveryMs, logger), standing: () => standing }
}
