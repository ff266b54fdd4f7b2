import type { UseMutationResult } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { text } from '../../../lib/text.ts'
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
  words: { submit: string; pending: string }
  mutation: UseMutationResult<unknown, Error, Credentials>
  /** Better words than usual for why the submission as a whole was refused. */
  refusal?: ReactNode
}

/** E-mail, password or both, with their faults under the fields. */
export function AccountForm({ asks, words, mutation, refusal }: Props) {
  const [faults, setFaults] = useState<CredentialFaults>({})
  const form = useRef<HTMLFormElement>(null)
  const hasFaults = Object.keys(faults).length > 0

  useEffect(() => {
    if (faults.email || faults.password) focusFirstInvalid(form.current)
  }, [faults])

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (mutation.isPending) return
    const credentials = readCredentials(event.currentTarget)
    const found = findFaults(credentials, asks)
    setFaults(found)
    if (Object.keys(found).length > 0) return mutation.reset()
    mutation.mutate(credentials, { onError: (failure) => setFaults(readRefusedFields(failure)) })
  }

  return (
    <form ref={form} className={styles.form} noValidate onSubmit={submit}>
      {mutation.isError && !hasFaults && (refusal ?? <FailureMessage failure={mutation.error} />)}
      {asks.email && (
        <TextField
          label={text.account.email}
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          required
          error={faults.email}
        />
      )}
      {asks.password && (
        <PasswordField
          autoComplete={`${asks.password}-password`}
          error={faults.password}
          {...(asks.password === 'new' && { hint: text.account.passwordHint })}
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
  return { email: String(fields.get('email') ?? '').trim(), password: String(fields.get('password') ?? '') }
}

function focusFirstInvalid(form: HTMLFormElement | null) {
  form?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus()
}
