import { documentsText } from '../../../text/documents.ts'
import { compareLines, type Hunk } from '../line-diff.ts'
import styles from './text-difference.module.css'

const words = documentsText.conflict

/** Around a difference, as much of what is the same as it takes to find one's way. */
const CONTEXT_LINES = 2

type Props = { label: string; mine: string; theirs: string }

/** Two texts side by side, or one above the other where there is no room. What is the same is left out. */
export function TextDifference({ label, mine, theirs }: Props) {
  if (mine === theirs) return null
  return (
    <section aria-label={label} className={styles.difference}>
      <h3 className={styles.label}>{label}</h3>
      {compareLines(mine, theirs).map(showHunk)}
    </section>
  )
}

function showHunk(hunk: Hunk, index: number, { length }: Hunk[]) {
  // Two texts that are compared stay as they are, so the place is the name.
  const key = `hunk ${index}`
  if ('mine' in hunk) return <Parting key={key} {...hunk} />
  const before = index === 0 ? [] : hunk.same.slice(0, CONTEXT_LINES)
  const after = index === length - 1 ? [] : hunk.same.slice(before.length).slice(-CONTEXT_LINES)
  const omitted = hunk.same.length - before.length - after.length
  return (
    <div key={key} className={styles.same}>
      {before.length > 0 && <pre>{before.join('\n')}</pre>}
      {omitted > 0 && <p className={styles.omitted}>{words.sameLines(omitted)}</p>}
      {after.length > 0 && <pre>{after.join('\n')}</pre>}
    </div>
  )
}

function Parting({ mine, theirs }: { mine: string[]; theirs: string[] }) {
  return (
    <div className={styles.parting}>
      <Side label={words.mine} lines={mine} look="mine" />
      <Side label={words.theirs} lines={theirs} look="theirs" />
    </div>
  )
}

function Side({ label, lines, look }: { label: string; lines: string[]; look: 'mine' | 'theirs' }) {
  return (
    <figure className={`${styles.side} ${styles[look]}`}>
      <figcaption className={styles.caption}>{label}</figcaption>
      {lines.length > 0 ? (
        <pre>{lines.join('\n')}</pre>
      ) : (
        <p className={styles.omitted}>{words.nothingHere}</p>
      )}
    </figure>
  )
}
