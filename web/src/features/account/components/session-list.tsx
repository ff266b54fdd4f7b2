import { type MouseEvent, useRef } from 'react'
import { Button } from '../../../components/button.tsx'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { formatAge, formatMoment } from '../../../lib/format-time.ts'
import { accountText } from '../../../text/account.ts'
import type { AccountSession } from '../account.ts'
import { useEndOtherSessions, useEndSession } from '../api/end-session.ts'
import { useSessions } from '../api/list-sessions.ts'
import styles from './session-list.module.css'

const words = accountText.sessions

export function SessionList() {
  const sessions = useSessions()
  const endOthers = useEndOtherSessions()
  const list = useRef<HTMLUListElement>(null)

  if (sessions.isPending) return <Skeleton rows={3} size="item" />
  if (!sessions.data) return <FailureMessage failure={sessions.error} onRetry={() => sessions.refetch()} />

  function end() {
    if (endOthers.isPending) return
    // The button goes with the sessions.
    list.current?.focus()
    endOthers.mutate()
  }

  return (
    <>
      <ul ref={list} tabIndex={-1} aria-label={words.label} className={styles.list}>
        {sessions.data.map((session) => (
          <Session key={session.id} session={session} />
        ))}
      </ul>
      {sessions.data.length > 1 && (
        <div>
          <Button aria-disabled={endOthers.isPending} onClick={end}>
            {words.endOthers}
          </Button>
        </div>
      )}
    </>
  )
}

function Session({ session }: { session: AccountSession }) {
  const { device, address, is_current: isCurrent } = session
  const end = useEndSession()

  function endIt({ currentTarget }: MouseEvent<HTMLElement>) {
    if (end.isPending) return
    // The button goes with the session; keyboards go on at the list.
    currentTarget.closest('ul')?.focus()
    end.mutate(session)
  }

  return (
    <li className={styles.session}>
      <div className={styles.words}>
        <p className={styles.device}>
          {device}
          {isCurrent && <span className={styles.current}>{words.current}</span>}
        </p>
        <p className={styles.facts}>
          {address} · {words.begun(formatMoment(new Date(session.created_at)))},{' '}
          {words.lastUsed(formatAge(new Date(session.last_used_at), new Date()))}
        </p>
      </div>
      {!isCurrent && (
        <Button aria-label={words.endNamed(device, address)} aria-disabled={end.isPending} onClick={endIt}>
          {words.end}
        </Button>
      )}
    </li>
  )
}
