import { adminText } from '../../../text/admin.ts'
import type { System } from '../admin.ts'
import cards from './fact-cards.module.css'
import styles from './service-list.module.css'

const words = adminText.system

export function ServiceList({ services }: { services: System['services'] }) {
  return (
    <section aria-labelledby="services" className={styles.section}>
      <h2 id="services" className={styles.title}>
        {words.services}
      </h2>
      <ul className={cards.cards}>
        {services.map(({ name, status, version, detail }) => (
          <li key={name} className={cards.card} data-failing={status === 'failing'}>
            <span className={cards.name}>{words.serviceNames[name]}</span>
            <span className={`${cards.value} ${styles.status}`} data-failing={status === 'failing'}>
              {words.status[status]}
            </span>
            <span className={cards.detail}>{detail ?? version}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
