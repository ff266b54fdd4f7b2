import { useState } from 'react'

type State<Input, Result> = {
  isPending: boolean
  isSuccess: boolean
  isError: boolean
  variables?: Input
  data?: Result
  error?: unknown
}

type Reactions<Result> = { onSuccess?: (data: Result) => void; onError?: (failure: unknown) => void }

/** What a form needs of a submission, or of a mutation of TanStack Query. */
export type FormSubmission<Input> = {
  isPending: boolean
  isError: boolean
  error?: unknown
  mutate: (input: Input, reactions?: { onSuccess?: () => void; onError?: (failure: unknown) => void }) => void
  reset: () => void
}

const IDLE = { isPending: false, isSuccess: false, isError: false }

/** A mutation as TanStack Query has them, for the pages of visitors, which do without its code. */
export function useSubmission<Input, Result>(submit: (input: Input) => Promise<Result>) {
  const [state, setState] = useState<State<Input, Result>>(IDLE)

  async function mutate(variables: Input, { onSuccess, onError }: Reactions<Result> = {}) {
    setState({ ...IDLE, variables, isPending: true })
    try {
      const data = await submit(variables)
      setState({ ...IDLE, variables, data, isSuccess: true })
      onSuccess?.(data)
    } catch (error) {
      setState({ ...IDLE, variables, error, isError: true })
      onError?.(error)
    }
  }

  return { ...state, mutate, reset: () => setState(IDLE) }
}
