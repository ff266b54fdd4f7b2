import { FailureMessage } from '../../../components/failure-message.tsx'
import { LoadMore } from '../../../components/load-more.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { formatMoment } from '../../../lib/format-time.ts'
import { useFocusOnNewItems } from '../../../lib/use-focus-on-new-items.ts'
import { accountText } from '../../../text/account.ts'
import type { SecurityEvent } from '../account.ts'
import { useSecurityEvents } from '../api/list-security-events.ts'
import styles from './security-event-list.module.css'

const words = accountText.security

export function SecurityEventList() {
  const events = useSecurityEvents()
  const { list, expectMore } = useFocusOnNewItems<HTMLUListElement>(events.data?.length ?? 0)

  if (events.isPending) return <Skeleton rows={4} size="item" />
  if (!events.data) return <FailureMessage failure={events.error} onRetry={() => events.refetch()} />
  if (events.data.length === 0) return <p>{words.noEvents}</p>

  return (
    <>
      <ul ref={list} aria-label={words.eventsLabel}>
        {events.data.map((event) => (
          <Event key={event.id} event={event} />
        ))}
      </ul>
      <LoadMore query={events} onExpect={expectMore} />
    </>
  )
}

function Event({ event: { kind, at, device, address, by_admin: byAdmin } }: { event: SecurityEvent }) {
  return (
    <li tabIndex={-1} className={styles.event}>
      <p className={styles.what}>{words.events[kind] ?? words.unknownEvent}</p>
      <p className={styles.facts}>
        <time dateTime={at}>{formatMoment(new Date(at))}</time> ·{' '}
        {byAdmin ? words.byAdmin : words.from(device, address)}
      </p>
    </li>
  )
}
