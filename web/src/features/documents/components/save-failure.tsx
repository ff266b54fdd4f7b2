import { FailureMessage } from '../../../components/failure-message.tsx'
import { Message } from '../../../components/message.tsx'
import { isHttpFailure } from '../../../lib/failures.ts'
import { text } from '../../../lib/text.ts'

export function SaveFailure({ failure, onRetry }: { failure: unknown; onRetry: () => void }) {
  if (isHttpFailure(failure, 404)) return <Message tone="danger">{text.documents.errors.gone}</Message>
  return <FailureMessage failure={failure} consequence={text.documents.saveFailed} onRetry={onRetry} />
}
