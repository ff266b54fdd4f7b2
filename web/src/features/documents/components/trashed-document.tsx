import { Button, ButtonLink } from '../../../components/button.tsx'
import { Message } from '../../../components/message.tsx'
import { paths } from '../../../lib/paths.ts'
import { documentsText } from '../../../text/documents.ts'
import { useRestoreDocument } from '../api/trash-document.ts'
import type { Document } from '../document.ts'
import type { MediaViews } from './markdown-text.tsx'
import { Preview } from './preview.tsx'
import styles from './trashed-document.module.css'

/** A document in the trash is there to be read, and to be taken out again. */
export function TrashedDocument({ document, views }: { document: Document; views: MediaViews }) {
  const restore = useRestoreDocument()
  return (
    <>
      <Message tone="info">
        {documentsText.trash.isInTrash}
        <Button
          look="primary"
          aria-disabled={restore.isPending}
          onClick={() => restore.isPending || restore.mutate(document.id)}
        >
          {documentsText.trash.restore}
        </Button>
        <ButtonLink to={paths.trash}>{documentsText.trash.toTrash}</ButtonLink>
      </Message>
      <article className={styles.sheet}>
        <h2 className={styles.title}>{document.title}</h2>
        {document.content ? <Preview content={document.content} views={views} /> : documentsText.noContent}
      </article>
    </>
  )
}
