import styles from './select-field.module.css'

type Props = {
  label: string
  value: string
  choices: { value: string; label: string }[]
  onChange: (value: string) => void
}

/** One of a few. */
export function SelectField({ label, value, choices, onChange }: Props) {
  return (
    <select
      aria-label={label}
      title={label}
      className={styles.field}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}
