import { ButtonLink } from '../../components/button.tsx'
import { paths } from '../../lib/paths.ts'
import { text } from '../../lib/text.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'
import styles from './landing.module.css'

export function LandingPage() {
  usePageTitle(text.landing.title)
  return (
    <div className={styles.landing}>
      <div className={styles.pitch}>
        <h1 tabIndex={-1} className={styles.title}>
          {text.landing.title}
        </h1>
        <p className={styles.lead}>{text.landing.lead}</p>
        <div className={styles.actions}>
          <ButtonLink look="primary" to={paths.register}>
            {text.landing.register}
          </ButtonLink>
          <ButtonLink to={paths.signIn}>{text.landing.signIn}</ButtonLink>
        </div>
      </div>
      <SampleSheet />
    </div>
  )
}

/** A picture of a document; there is nothing in it to read out. */
function SampleSheet() {
  return (
    <div className={styles.sheet} aria-hidden="true">
      <p className={styles.sheetTitle}>{text.landing.sampleTitle}</p>
      {text.landing.sampleLines.map((line) => (
        <p key={line.text} className={styles.sheetLine}>
          <span className={styles.mark}>{line.mark}</span> {line.text}
        </p>
      ))}
    </div>
  )
}
