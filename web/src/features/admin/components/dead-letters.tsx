import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { describeFailure } from '../../../lib/describe-failure.ts'
import { formatAge, formatMoment } from '../../../lib/format-time.ts'
import { showNotice } from '../../../lib/notices.ts'
import { adminText } from '../../../text/admin.ts'
import type { DeadLetter } from '../admin.ts'
import { useRetryDeadLetter } from '../api/settle-dead-letter.ts'
import styles from './dead-letters.module.css'
import { RemoveDeadLetter } from './remove-dead-letter.tsx'

const words = adminText.system

/** Jobs that failed every time, with what can be done about them. */
export function DeadLetters({ letters, count }: { letters: DeadLetter[]; count: number }) {
  return (
    <section aria-labelledby="dead" className={styles.section}>
      <h2 id="dead" className={styles.title}>
        {words.dead}
      </h2>
      <p className={styles.lead}>
        {count === 0 ? words.deadNone : words.deadLead(count)}{' '}
        {letters.length < count && words.deadShown(letters.length)}
      </p>
      {letters.length > 0 && (
        <ul aria-label={words.deadLabel} className={styles.list}>
          {letters.map((letter) => (
            <Letter key={letter.id} letter={letter} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Letter({ letter }: { letter: DeadLetter }) {
  const [isAsking, setIsAsking] = useState(false)
  const retry = useRetryDeadLetter()
  const kind = words.kinds[letter.kind] ?? letter.kind
  const failedAt = new Date(letter.failed_at)

  function tryAgain() {
    if (retry.isPending) return
    retry.mutate(letter, {
      onSuccess: () => showNotice(words.retryDone(kind)),
      onError: (failure) => showNotice(describeFailure(failure).message),
    })
  }

  return (
    <li className={styles.letter}>
      <div className={styles.words}>
        <p className={styles.kind}>{kind}</p>
        <p className={styles.facts}>
          <time dateTime={letter.failed_at} title={formatMoment(failedAt)}>
            {formatAge(failedAt, new Date())}
          </time>{' '}
          · {words.attempts(letter.attempts)}
        </p>
        <p className={styles.error}>{letter.error}</p>
      </div>
      <div className={styles.actions}>
        <Button aria-label={words.retryLabel(kind)} aria-disabled={retry.isPending} onClick={tryAgain}>
          {words.retry}
        </Button>
        <Button look="quiet" aria-label={words.removeLabel(kind)} onClick={() => setIsAsking(true)}>
          {words.remove}
        </Button>
      </div>
      {isAsking && <RemoveDeadLetter letter={letter} kind={kind} onDismiss={() => setIsAsking(false)} />}
    </li>
  )
}
