import { documentsText } from '../../../text/documents.ts'
import styles from './view-switch.module.css'

export type View = 'write' | 'preview'

const words = documentsText.view

/** Where there is no room for both. */
export function ViewSwitch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  return (
    <fieldset className={styles.switch}>
      <legend className="visually-hidden">{words.label}</legend>
      {(['write', 'preview'] as const).map((choice) => (
        <label key={choice} className={styles.choice}>
          <input
            type="radio"
            name="view"
            className={styles.radio}
            checked={view === choice}
            onChange={() => onChange(choice)}
          />
          {words[choice]}
        </label>
      ))}
    </fieldset>
  )
}
