import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { askAnew } from '../src/lib/ask-anew.ts'

test('what came while a list was asked for the first time is in it', async () => {
  const queryClient = new QueryClient()
  const answers = [Promise.withResolvers<string[]>(), Promise.withResolvers<string[]>()]
  const queryFn = vi.fn(() => answers[queryFn.mock.calls.length - 1]?.promise ?? [])
  const list = new QueryObserver(queryClient, { queryKey: ['list'], queryFn, retry: false })
  const stop = list.subscribe(() => {})

  const asked = askAnew(queryClient, ['list'])
  answers[0]?.resolve([])
  await vi.waitFor(() => expect(queryFn).toHaveBeenCalledTimes(2))
  answers[1]?.resolve(['letter.txt'])
  await asked

  expect(list.getCurrentResult().data).toEqual(['letter.txt'])
  stop()
})
