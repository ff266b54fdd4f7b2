import { describeFailure } from '../lib/describe-failure.ts'
import { commonText } from '../text/common.ts'
import { Button } from './button.tsx'
import styles from './failure-message.module.css'
import { Message } from './message.tsx'

type Props = {
  failure: unknown
  /** What the failure means here, said before its cause. */
  consequence?: string
  onRetry?: () => void
}

export function FailureMessage({ failure, consequence, onRetry }: Props) {
  const { message, reference } = describeFailure(failure)
  return (
    <Message tone="danger">
      <div className={styles.words}>
        <p>
          {consequence} {message}
        </p>
        {reference && <p className={styles.reference}>{commonText.reference(reference)}</p>}
      </div>
      {onRetry && <Button onClick={onRetry}>{commonText.tryAgain}</Button>}
    </Message>
  )
}
