import { useQuery } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import type { Allowance } from '../uploads/upload.ts'

export const storageKey = ['subscription']

/** What the plan allows, and what is used of it. */
export function useStorage() {
  return useQuery({
    queryKey: storageKey,
    queryFn: ({ signal }) => api.GET('/api/subscription', { signal }),
  })
}

/** What there is room for; as long as that is not known, the service is left to decide. */
export function useAllowance(): Allowance {
  const { data } = useStorage()
  if (!data) return { uploadBytes: Number.POSITIVE_INFINITY, freeBytes: null }
  const { storage_bytes: allowed, upload_bytes: uploadBytes } = data.limits
  return { uploadBytes, freeBytes: allowed === null ? null : allowed - data.usage.storage_bytes }
}
