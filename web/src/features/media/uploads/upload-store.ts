import { useSyncExternalStore } from 'react'
import { isActive, type Upload } from './upload.ts'

const listeners = new Set<() => void>()
let uploads: readonly Upload[] = []

/** The uploads of this tab, in the order they were asked for. They live on while pages change. */
export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(subscribeToUploads, currentUploads)
}

export function currentUploads(): readonly Upload[] {
  return uploads
}

export function hasActiveUploads(): boolean {
  return uploads.some(isActive)
}

export function addUploads(added: Upload[]) {
  change([...uploads, ...added])
}

export function changeUpload(id: string, part: Partial<Upload>) {
  change(uploads.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)))
}

export function keepUploads(isKept: (upload: Upload) => boolean) {
  const kept = uploads.filter(isKept)
  if (kept.length < uploads.length) change(kept)
}

export function subscribeToUploads(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function change(next: readonly Upload[]) {
  uploads = next
  for (const listener of listeners) listener()
}
