import { adminText } from '../../../text/admin.ts'
import type { System } from '../admin.ts'
import styles from './service-list.module.css'

const words = adminText.system

export function ServiceList({ services }: { services: System['services'] }) {
  return (
    <section aria-labelledby="services" className={styles.section}>
      <h2 id="services" className={styles.title}>
        {words.services}
      </h2>
      <ul className={styles.list}>
        {services.map(({ name, status, version, detail }) => (
          <li key={name} className={styles.service} data-status={status}>
            <span className={styles.name}>{words.serviceNames[name]}</span>
            <span className={styles.status}>{words.status[status]}</span>
            <span className={styles.detail}>{detail ?? version}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
