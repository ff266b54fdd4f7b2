import { landingText } from '../../text/landing.ts'
import styles from './landing-sample.module.css'

const words = landingText.sample

/** A picture of a document, as it is written and as it is read; there is nothing in it to read out. */
export function LandingSample() {
  return (
    <div className={styles.sample} aria-hidden="true">
      <pre className={styles.source}>{words.source.join('\n')}</pre>
      <div className={styles.page}>
        <p className={styles.title}>{words.title}</p>
        <p className={styles.section}>{words.section}</p>
        <p className={styles.task}>
          <span className={styles.done} /> {words.done}
        </p>
        <p className={styles.task}>
          <span className={styles.box} /> {words.open}
        </p>
        <p className={styles.quote}>{words.quote}</p>
        <p className={styles.tags}>
          {words.tags.map((tag) => (
            <span key={tag} className={styles.tag}>
              {tag}
            </span>
          ))}
        </p>
      </div>
    </div>
  )
}
