import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { Button } from '../../../components/button.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { text } from '../../../lib/text.ts'
import type { CredentialFaults, Credentials } from '../credentials.ts'
import styles from './credentials-form.module.css'
import { PasswordField } from './password-field.tsx'

type Props = {
  faults: CredentialFaults
  passwordKind: 'current' | 'new'
  submitLabel: string
  pendingLabel: string
  isPending: boolean
  onSubmit: (credentials: Credentials) => void
  /** What is wrong with the submission as a whole. */
  children: ReactNode
}

/** E-mail and password, with their faults under the fields. */
export function CredentialsForm(props: Props) {
  const { faults, passwordKind, submitLabel, pendingLabel, isPending, onSubmit, children } = props
  const form = useRef<HTMLFormElement>(null)

  useEffect(() => {
    if (faults.email || faults.password) focusFirstInvalid(form.current)
  }, [faults])

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!isPending) onSubmit(readCredentials(event.currentTarget))
  }

  return (
    <form ref={form} className={styles.form} noValidate onSubmit={submit}>
      {children}
      <TextField
        label={text.account.email}
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        required
        error={faults.email}
      />
      <PasswordField
        autoComplete={`${passwordKind}-password`}
        error={faults.password}
        {...(passwordKind === 'new' && { hint: text.account.passwordHint })}
      />
      <Button type="submit" look="primary" aria-disabled={isPending}>
        {isPending ? pendingLabel : submitLabel}
      </Button>
    </form>
  )
}

function readCredentials(form: HTMLFormElement): Credentials {
  const fields = new FormData(form)
  return { email: String(fields.get('email')).trim(), password: String(fields.get('password')) }
}

function focusFirstInvalid(form: HTMLFormElement | null) {
  form?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus()
}
