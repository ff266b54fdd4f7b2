import { createMetrics, type Gauge, type Metrics } from '@finity/kit/metrics/create-metrics.ts'
import type { Clock } from '@finity/kit/process/clock.ts'
import type { StatusStore } from './status/status-store.ts'

export type BackupMetrics = Metrics & { alerts: Gauge<'code'> }

export function createBackupMetrics(status: StatusStore, clock: Clock): BackupMetrics {
  const metrics = createMetrics('backup')
  const ages = [
    ['backup_age_seconds', 'Since the last backup of the database', 'backup'],
    ['backup_media_age_seconds', 'Since the last copy of the media', 'media'],
    ['backup_drill_age_seconds', 'Since a backup was last proven by a restore', 'drill'],
  ] as const
  for (const [name, help, part] of ages)
    metrics.watch({
      name,
      help,
      read: () => {
        const outcome = status.read()[part]
        if (!outcome || outcome.error !== null) throw new Error('nothing yet')
        return (clock().getTime() - new Date(outcome.at).getTime()) / 1_000
      },
    })
  metrics.watch({
    name: 'backup_offsite_age_seconds',
    help: 'Since what the last copy on S3 has',
    read: () => {
      const at = status.read().offsite?.at
      if (!at) throw new Error('nothing yet')
      return (clock().getTime() - new Date(at).getTime()) / 1_000
    },
  })
  return {
    ...metrics,
    alerts: metrics.gauge({
      name: 'backup_alerts',
      help: '1 for each alert that stands',
      labelNames: ['code'],
    }),
  }
}
