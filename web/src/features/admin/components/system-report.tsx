import { FailureMessage } from '../../../components/failure-message.tsx'
import { Message } from '../../../components/message.tsx'
import { Meter } from '../../../components/meter.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { isHttpFailure } from '../../../lib/failures.ts'
import { formatSize } from '../../../lib/format-size.ts'
import { formatMoment } from '../../../lib/format-time.ts'
import { useSettings } from '../../../lib/settings.ts'
import { adminText } from '../../../text/admin.ts'
import type { System } from '../admin.ts'
import { useSystem } from '../api/get-system.ts'
import { BackupReport } from './backup-report.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { JobTable } from './job-table.tsx'
import { ServiceList } from './service-list.tsx'
import styles from './system-report.module.css'

const words = adminText.system

export function SystemReport() {
  const system = useSystem()
  if (system.isPending) return <Skeleton rows={1} size="page" />
  if (!system.data && isHttpFailure(system.error, 403)) {
    return <Message tone="danger">{adminText.staleRights}</Message>
  }
  if (!system.data) return <FailureMessage failure={system.error} onRetry={() => system.refetch()} />
  return (
    <div className={styles.report}>
      <div className={styles.lead}>
        <Versions system={system.data} />
        {/* One line for both, so that nothing moves. */}
        <p className={styles.freshness} data-stale={system.isRefetchError}>
          {system.isRefetchError ? words.stale : words.fresh}
        </p>
      </div>
      <ServiceList services={system.data.services} />
      {system.data.storage && <Storage storage={system.data.storage} />}
      <BackupReport />
      <JobTable kinds={system.data.queue.kinds} />
      <DeadLetters letters={system.data.queue.dead} count={system.data.queue.dead_count} />
    </div>
  )
}

/** The app and the services are of one release; during a deploy they may differ for a moment. */
function Versions({ system: { version, started_at: startedAt } }: { system: System }) {
  const { release } = useSettings()
  return (
    <p>
      <strong>{words.release(release ?? version)}</strong>, {words.running(formatMoment(new Date(startedAt)))}
    </p>
  )
}

function Storage({ storage }: { storage: NonNullable<System['storage']> }) {
  const { free_bytes: free, total_bytes: total } = storage
  return (
    <section className={styles.card}>
      <Meter
        label={words.storage}
        value={total - free}
        max={total}
        valueText={words.storageUsed(formatSize(free), formatSize(total))}
      />
    </section>
  )
}
