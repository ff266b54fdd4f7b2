import { useEffect, useEffectEvent, useState } from 'react'
import styles from './search-field.module.css'

const SETTLED_MS = 250
/** More than this the services do not look for. */
const MAX_LENGTH = 200

type Props = { label: string; value: string; onSearch: (value: string) => void }

/** Searches while it is typed, a moment after the last key. */
export function SearchField({ label, value, onSearch }: Props) {
  const [text, setText] = useState(value)
  const [known, setKnown] = useState(value)
  const search = useEffectEvent(onSearch)

  // The way back, or a link that shows everything, changes what is searched for from outside.
  if (value !== known) {
    setKnown(value)
    setText(value)
  }

  useEffect(() => {
    const next = text.trim()
    if (next === known) return
    const timer = setTimeout(() => {
      setKnown(next)
      search(next)
    }, SETTLED_MS)
    return () => clearTimeout(timer)
  }, [text, known])

  return (
    <input
      type="search"
      maxLength={MAX_LENGTH}
      aria-label={label}
      placeholder={label}
      className={styles.field}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
    />
  )
}
