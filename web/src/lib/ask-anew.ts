import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * What is known under the key is old. What is just being asked for the first time may be answered with the old too, and invalidating alone
 * would take that for the new.
 */
export async function askAnew(queryClient: QueryClient, queryKey: QueryKey): Promise<void> {
  await queryClient.cancelQueries({ queryKey })
  await queryClient.invalidateQueries({ queryKey })
}
