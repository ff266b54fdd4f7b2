import { type Media, shownAs } from '../media.ts'
import styles from './file-tile.module.css'

const MAX_EXTENSION = 5

const shapes = {
  image: 'M4 5h16v14H4zM8.5 10.5h.01M5 18l5-5 3 3 2.5-2.5L19 17',
  video: 'M4 6h16v12H4zM10.5 9.5v5l4-2.5z',
  audio:
    'M9 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0ZM9 17.5V6l11-2v11.5M20 15.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
}

/** Stands for a file that has no picture: what it is, in a sign and in its extension. */
export function FileTile({ media, note }: { media: Media; note?: string }) {
  return (
    <span className={styles.tile}>
      <svg viewBox="0 0 24 24" className={styles.sign} aria-hidden="true">
        <path d={shapes[shownAs(media)]} />
      </svg>
      <span className={styles.note}>{note ?? readExtension(media.name)}</span>
    </span>
  )
}

function readExtension(name: string): string {
  const extension = /\.([^.]+)$/.exec(name)?.[1] ?? ''
  return extension.length > MAX_EXTENSION ? '' : extension.toUpperCase()
}
