import { PageHeading } from '../../components/page-heading.tsx'
import { MediaLibrary } from '../../features/media/components/media-library.tsx'
import { mediaText } from '../../text/media.ts'
import styles from './media.module.css'

export function MediaPage() {
  return (
    <div className={styles.page}>
      <PageHeading>{mediaText.title}</PageHeading>
      <MediaLibrary />
    </div>
  )
}
