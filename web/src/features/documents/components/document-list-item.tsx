import { Link } from 'react-router'
import { formatAge, formatMoment } from '../../../lib/format-time.ts'
import { paths } from '../../../lib/paths.ts'
import { documentsText } from '../../../text/documents.ts'
import type { DocumentSummary } from '../document.ts'
import { plainExcerpt } from '../plain-excerpt.ts'
import styles from './document-list-item.module.css'

export function DocumentListItem({ document }: { document: DocumentSummary }) {
  const changed = new Date(document.updated_at)
  return (
    <li className={styles.item}>
      <Link to={paths.document(document.id)} className={styles.link}>
        {document.title}
      </Link>
      <p className={styles.excerpt}>{plainExcerpt(document.excerpt) || documentsText.noContent}</p>
      <p className={styles.facts}>
        <time dateTime={document.updated_at} title={formatMoment(changed)}>
          {documentsText.edited(formatAge(changed, new Date()))}
        </time>
        <Tags tags={document.tags} />
      </p>
    </li>
  )
}

function Tags({ tags }: { tags: string[] }) {
  return tags.map((tag) => (
    <span key={tag} className={styles.tag}>
      {tag}
    </span>
  ))
}
