import { useQueryClient } from '@tanstack/react-query'
import { askAnew } from '../../../lib/ask-anew.ts'
import { mediaKeys } from '../media-keys.ts'
import { storageKey } from './get-storage.ts'

/** After files came or went: the lists are old, and so is what is known of the plan's storage. */
export function useRefreshMedia() {
  const queryClient = useQueryClient()
  return () => Promise.all([askAnew(queryClient, mediaKeys.lists), askAnew(queryClient, storageKey)])
}
