import { type ComponentProps, useState } from 'react'
import { TextField } from '../../../components/text-field.tsx'
import { accountText } from '../../../text/account.ts'
import styles from './password-field.module.css'

type Props = Partial<
  Pick<ComponentProps<typeof TextField>, 'label' | 'name' | 'hint' | 'error' | 'autoComplete'>
>

export function PasswordField({ label = accountText.password, ...props }: Props) {
  const [visible, setVisible] = useState(false)
  const toggle = (
    <button
      type="button"
      className={styles.toggle}
      aria-label={visible ? accountText.hidePasswordNamed(label) : accountText.showPasswordNamed(label)}
      onClick={() => setVisible(!visible)}
    >
      {visible ? accountText.hidePassword : accountText.showPassword}
    </button>
  )
  return (
    <TextField
      label={label}
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
