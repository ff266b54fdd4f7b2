import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from 'react'
import { documentsText } from '../../../text/documents.ts'
import { useTags } from '../api/list-tags.ts'
import { addTags, isSameTag } from '../tags.ts'
import styles from './tags-field.module.css'

const words = documentsText.tags

type Props = { tags: string[]; fault: string | undefined; onChange: (tags: string[]) => void }

/** Tags as chips, with one being typed behind them. Everything goes by the keyboard. */
export function TagsField({ tags, fault, onChange }: Props) {
  const id = useId()
  const [typed, setTyped] = useState('')
  const [typingFault, setTypingFault] = useState<string | null>(null)
  const [news, setNews] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const shownFault = typingFault ?? fault

  function type(text: string) {
    setTyped(text)
    setTypingFault(null)
  }

  function add(text: string) {
    const addition = addTags(tags, text)
    setTypingFault(addition.fault)
    if (addition.fault !== null) return setTyped(text)
    setTyped('')
    if (addition.tags.length === tags.length) return
    setNews(words.added(addition.tags.slice(tags.length).join(', ')))
    onChange(addition.tags)
  }

  function remove(tag: string) {
    setNews(words.removed(tag))
    onChange(tags.filter((known) => known !== tag))
    input.current?.focus()
  }

  function press(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      add(typed)
    }
    const last = tags.at(-1)
    if (event.key === 'Backspace' && typed === '' && last !== undefined) {
      event.preventDefault()
      remove(last)
      setTyped(last)
    }
  }

  function paste(event: ClipboardEvent) {
    const text = event.clipboardData.getData('text')
    if (!text.includes(',')) return
    event.preventDefault()
    add(typed + text)
  }

  return (
    <div className={styles.row}>
      <label htmlFor={id} className={styles.label}>
        {words.label}
      </label>
      <div className={styles.tags}>
        {tags.length > 0 && (
          <ul aria-label={words.listLabel} className={styles.list}>
            {tags.map((tag) => (
              <li key={tag} className={styles.tag}>
                <span className={styles.name}>{tag}</span>
                <button
                  type="button"
                  className={styles.remove}
                  aria-label={words.remove(tag)}
                  onClick={() => remove(tag)}
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
        )}
        <input
          ref={input}
          id={id}
          name="tags"
          className={styles.input}
          value={typed}
          placeholder={words.placeholder}
          autoComplete="off"
          autoCapitalize="none"
          enterKeyHint="done"
          list={`${id}-known`}
          aria-describedby={`${id}-note`}
          aria-invalid={shownFault ? true : undefined}
          onChange={({ currentTarget }) => type(currentTarget.value)}
          onKeyDown={press}
          onPaste={paste}
          onBlur={() => add(typed)}
        />
        <KnownTags id={`${id}-known`} taken={tags} />
      </div>
      <p id={`${id}-note`} className={shownFault ? styles.fault : 'visually-hidden'}>
        {shownFault ?? words.hint}
      </p>
      <p role="status" className="visually-hidden">
        {news}
      </p>
    </div>
  )
}

function KnownTags({ id, taken }: { id: string; taken: string[] }) {
  const { data = [] } = useTags()
  return (
    <datalist id={id}>
      {data
        .filter(({ tag }) => !taken.some((known) => isSameTag(known, tag)))
        .map(({ tag }) => (
          <option key={tag} value={tag} />
        ))}
    </datalist>
  )
}
