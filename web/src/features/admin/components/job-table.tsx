import { adminText } from '../../../text/admin.ts'
import type { System } from '../admin.ts'
import styles from './job-table.module.css'

const words = adminText.system

/** How much background work waits, runs and fails. */
export function JobTable({ kinds }: { kinds: System['queue']['kinds'] }) {
  return (
    <section aria-labelledby="queue" className={styles.section}>
      <h2 id="queue" className={styles.title}>
        {words.queue}
      </h2>
      <table aria-label={words.queueLabel} className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{words.kind}</th>
            <th scope="col">{words.waiting}</th>
            <th scope="col">{words.active}</th>
            <th scope="col">{words.failed}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map(({ kind, waiting, active, failed }) => (
            <tr key={kind}>
              <th scope="row">{words.kinds[kind] ?? kind}</th>
              <td>{words.count(waiting)}</td>
              <td>{words.count(active)}</td>
              <td data-bad={failed > 0}>{words.count(failed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
