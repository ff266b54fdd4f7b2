import { FailureMessage } from '../../../components/failure-message.tsx'
import { Message } from '../../../components/message.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { adminText } from '../../../text/admin.ts'
import type { BackupStatus } from '../admin.ts'
import { useBackups } from '../api/get-backups.ts'
import { BackupFacts } from './backup-facts.tsx'
import styles from './backup-report.module.css'

const words = adminText.system.backups

export function BackupReport() {
  return (
    <section aria-labelledby="backups" className={styles.section}>
      <h2 id="backups" className={styles.title}>
        {words.title}
      </h2>
      <Report />
    </section>
  )
}

function Report() {
  const backups = useBackups()
  if (backups.isPending) return <Skeleton rows={1} size="item" />
  if (!backups.data) return <FailureMessage failure={backups.error} onRetry={() => backups.refetch()} />
  if (backups.data.state !== 'known') {
    const { state } = backups.data
    return <Message tone={state === 'absent' ? 'info' : 'danger'}>{words.states[state]}</Message>
  }
  const { status } = backups.data
  return (
    <>
      {status.alerts.length > 0 && <Alerts alerts={status.alerts} />}
      <BackupFacts status={status} />
    </>
  )
}

function Alerts({ alerts }: Pick<BackupStatus, 'alerts'>) {
  return (
    <ul aria-label={words.alertsLabel} className={styles.alerts}>
      {alerts.map(({ code, sentence, remedy }) => (
        <li key={code}>
          <Message tone="danger">
            <div className={styles.words}>
              <p className={styles.sentence}>{sentence}</p>
              <p>{words.remedy(remedy)}</p>
            </div>
          </Message>
        </li>
      ))}
    </ul>
  )
}
