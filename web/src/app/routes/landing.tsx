import { ButtonLink } from '../../components/button.tsx'
import { paths } from '../../lib/paths.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { landingText as words } from '../../text/landing.ts'
import styles from './landing.module.css'
import { LandingSample } from './landing-sample.tsx'

const icons = {
  text: 'M5 6h14M5 12h9M5 18h11',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 4.5 4.5',
  picture: 'M4 5h16v14H4Zm0 11 5-5 4 4 2.5-2.5L20 17M15 9.5h.01',
  shield: 'M12 3.5 5 6v5.5c0 4.2 2.9 7.4 7 9 4.1-1.6 7-4.8 7-9V6Zm-3 8.3 2.2 2.2L15.5 9.7',
}

export function LandingPage() {
  usePageTitle(words.title)
  return (
    <div className={styles.landing}>
      <section className={styles.hero}>
        <div>
          <h1 tabIndex={-1} className={styles.title}>
            {words.title}
          </h1>
          <p className={styles.lead}>{words.lead}</p>
          <div className={styles.actions}>
            <ButtonLink look="primary" to={paths.register}>
              {words.register}
            </ButtonLink>
            <ButtonLink to={paths.signIn}>{words.signIn}</ButtonLink>
          </div>
        </div>
        <LandingSample />
      </section>
      <h2 className="visually-hidden">{words.featuresTitle}</h2>
      <ul className={styles.features}>
        {words.features.map((feature) => (
          <li key={feature.title} className={styles.feature}>
            <svg viewBox="0 0 24 24" className={styles.icon} aria-hidden="true">
              <path d={icons[feature.icon]} />
            </svg>
            <h3 className={styles.featureTitle}>{feature.title}</h3>
            <p className={styles.words}>{feature.words}</p>
          </li>
        ))}
      </ul>
      <section className={styles.promise}>
        <h2 className={styles.featureTitle}>{words.promise.title}</h2>
        <p className={styles.words}>{words.promise.words}</p>
      </section>
    </div>
  )
}
