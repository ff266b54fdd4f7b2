import { Link } from 'react-router'
import { formatAge, formatMoment } from '../../../lib/format-time.ts'
import { paths } from '../../../lib/paths.ts'
import { text } from '../../../lib/text.ts'
import type { DocumentSummary } from '../document.ts'
import styles from './document-list-item.module.css'

export function DocumentListItem({ document }: { document: DocumentSummary }) {
  const changed = new Date(document.updated_at)
  return (
    <li className={styles.item}>
      <Link to={paths.document(document.id)} className={styles.link}>
        {document.title}
      </Link>
      <p className={styles.excerpt}>{document.excerpt || text.documents.noContent}</p>
      <time className={styles.time} dateTime={document.updated_at} title={formatMoment(changed)}>
        {text.documents.edited(formatAge(changed, new Date()))}
      </time>
    </li>
  )
}
