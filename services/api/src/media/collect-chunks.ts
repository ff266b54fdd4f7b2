const bytesBetween = 4 * 1024 * 1024
let arrived = 0

/**
 * The chunks of uploads are garbage at once, but lie outside the heap, where V8 does not miss their room: they are collected for every
 * 4 MB of them. A nursery so small that they went by themselves would make all other requests dearer (docs/decisions/0024).
 * Does nothing where Node was started without --expose-gc: the process is larger then.
 */
export function collectChunksAfter(bytes: number): void {
  arrived += bytes
  if (arrived < bytesBetween) return
  arrived = 0
  globalThis.gc?.({ type: 'minor', execution: 'sync' })
}
