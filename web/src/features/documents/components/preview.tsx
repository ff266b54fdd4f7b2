import { useEffect, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { codeOf, useCode } from '../../../lib/use-code.ts'
import { documentsText } from '../../../text/documents.ts'
import type { MediaViews } from './markdown-text.tsx'
import styles from './preview.module.css'

type Props = { content: string; views: MediaViews }

/** Up to here a text is shown while it is typed; a longer one would make typing slow. */
const LIVE_LENGTH = 50_000
/** A little behind, and more so the longer it takes. */
const BEHIND_MS = 200
const CHARACTERS_PER_MS = 50

const words = documentsText.preview

/** A text as it will be read. */
export function Preview({ content, views }: Props) {
  const { shown, show } = useShownText(content)

  if (content.trim() === '') return <p className={styles.empty}>{words.empty}</p>
  return (
    <>
      {content.length > LIVE_LENGTH && shown !== content && (
        <div className={styles.long}>
          <p>{words.long}</p>
          <Button onClick={show}>{words.update}</Button>
        </div>
      )}
      <Rendered content={shown} views={views} />
    </>
  )
}

/** What turns Markdown into pages is loaded when it is first needed. */
const markdownText = codeOf(() => import('./markdown-text.tsx'))

function Rendered({ content, views }: Props) {
  const code = useCode(markdownText)
  if (code.data) return <code.data.MarkdownText views={views}>{content}</code.data.MarkdownText>
  if (!code.error) return <Skeleton rows={1} size="page" />
  return <FailureMessage failure={code.error} consequence={words.failed} onRetry={code.refetch} />
}

function useShownText(content: string) {
  const [shown, setShown] = useState(content.length > LIVE_LENGTH ? '' : content)

  useEffect(() => {
    if (content.length > LIVE_LENGTH) return
    const timer = setTimeout(() => setShown(content), BEHIND_MS + content.length / CHARACTERS_PER_MS)
    return () => clearTimeout(timer)
  }, [content])

  return { shown, show: () => setShown(content) }
}
