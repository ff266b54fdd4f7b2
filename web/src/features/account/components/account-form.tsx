import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { TextField } from '../../../components/text-field.tsx'
import type { FormSubmission } from '../../../lib/use-submission.ts'
import { accountText } from '../../../text/account.ts'
import {
  type AskedFields,
  type CredentialFaults,
  type Credentials,
  findFaults,
  readRefusedFields,
} from '../credentials.ts'
import styles from './account-form.module.css'
import { PasswordField } from './password-field.tsx'

type Props = {
  asks: AskedFields
  words: { submit: string; pending: string; email?: string; password?: string }
  mutation: FormSubmission<Credentials>
  /** Better words than usual for why the submission as a whole was refused. */
  refusal?: ReactNode
  /** Of the account that a new password is for, so that password managers know whose it is. */
  username?: string
}

/** An address, passwords or both, with their faults under the fields. What was accepted is not asked for again. */
export function AccountForm({ asks, words, mutation, refusal, username }: Props) {
  const [faults, setFaults] = useState<CredentialFaults>({})
  const form = useRef<HTMLFormElement>(null)
  const hasFaults = Object.keys(faults).length > 0

  useEffect(() => {
    if (Object.keys(faults).length > 0) focusFirstInvalid(form.current)
  }, [faults])

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (mutation.isPending) return
    const credentials = readCredentials(event.currentTarget)
    const found = findFaults(credentials, asks)
    setFaults(found)
    if (Object.keys(found).length > 0) return mutation.reset()
    mutation.mutate(credentials, {
      onSuccess: () => form.current?.reset(),
      onError: (failure) => setFaults(readRefusedFields(failure)),
    })
  }

  return (
    <form ref={form} className={styles.form} noValidate onSubmit={submit}>
      {mutation.isError && !hasFaults && (refusal ?? <FailureMessage failure={mutation.error} />)}
      {asks.email && (
        <TextField
          label={words.email ?? accountText.email}
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          required
          error={faults.email}
        />
      )}
      {username !== undefined && (
        <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      )}
      {asks.currentPassword && (
        <PasswordField
          label={accountText.currentPassword}
          name="currentPassword"
          autoComplete="current-password"
          error={faults.currentPassword}
        />
      )}
      {asks.password && (
        <PasswordField
          label={words.password ?? accountText.password}
          autoComplete={`${asks.password}-password`}
          error={faults.password}
          {...(asks.password === 'new' && { hint: accountText.passwordHint })}
        />
      )}
      <Button type="submit" look="primary" aria-disabled={mutation.isPending}>
        {mutation.isPending ? words.pending : words.submit}
      </Button>
    </form>
  )
}

/** A field that the form does not have counts as empty. */
function readCredentials(form: HTMLFormElement): Credentials {
  const fields = new FormData(form)
  const read = (name: string) => String(fields.get(name) ?? '')
  return {
    email: read('email').trim(),
    currentPassword: read('currentPassword'),
    password: read('password'),
  }
}

function focusFirstInvalid(form: HTMLFormElement | null) {
  form?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus()
}
