import { type ComponentProps, useState } from 'react'
import { TextField } from '../../../components/text-field.tsx'
import { text } from '../../../lib/text.ts'
import styles from './password-field.module.css'

type Props = Pick<ComponentProps<typeof TextField>, 'hint' | 'error' | 'autoComplete'>

export function PasswordField(props: Props) {
  const [visible, setVisible] = useState(false)
  const toggle = (
    <button
      type="button"
      className={styles.toggle}
      aria-label={text.account.showPasswordLabel}
      aria-pressed={visible}
      onClick={() => setVisible(!visible)}
    >
      {visible ? text.account.hidePassword : text.account.showPassword}
    </button>
  )
  return (
    <TextField
      label={text.account.password}
      name="password"
      type={visible ? 'text' : 'password'}
      required
      spellCheck={false}
      autoCapitalize="none"
      trailing={toggle}
      {...props}
    />
  )
}
