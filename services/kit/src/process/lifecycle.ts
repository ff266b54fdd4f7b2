/** Shared between the server that drains and the health routes that say so. */
export type Lifecycle = { isDraining: boolean }

export function newLifecycle(): Lifecycle {
  return { isDraining: false }
}
