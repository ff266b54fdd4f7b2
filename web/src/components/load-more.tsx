import { commonText } from '../text/common.ts'
import { Button } from './button.tsx'
import { FailureMessage } from './failure-message.tsx'
import styles from './load-more.module.css'

type Props = {
  /** The list that has more, as TanStack Query tells of it. */
  query: {
    hasNextPage: boolean
    isFetchingNextPage: boolean
    isFetchNextPageError: boolean
    error: unknown
    fetchNextPage: () => void
  }
  /** Told before more is asked for. */
  onExpect: () => void
}

/** The way to the rest of a list, and what went wrong on it. */
export function LoadMore({ query, onExpect }: Props) {
  function load() {
    if (query.isFetchingNextPage) return
    onExpect()
    query.fetchNextPage()
  }

  if (query.isFetchNextPageError) return <FailureMessage failure={query.error} onRetry={load} />
  if (!query.hasNextPage) return null
  return (
    <div className={styles.more}>
      <Button aria-disabled={query.isFetchingNextPage} onClick={load}>
        {query.isFetchingNextPage ? commonText.loadingMore : commonText.loadMore}
      </Button>
    </div>
  )
}
