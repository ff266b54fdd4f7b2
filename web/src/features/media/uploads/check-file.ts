import { type Allowance, FileRefusal } from './upload.ts'

/** Why a file need not be sent at all; null when it can go. The service has the last word. */
export function findRefusal(file: File, { uploadBytes, freeBytes }: Allowance): FileRefusal | null {
  if (file.size === 0) return new FileRefusal('empty')
  if (file.size > uploadBytes) return new FileRefusal('too-large', uploadBytes)
  if (freeBytes !== null && file.size > freeBytes) return new FileRefusal('no-room', freeBytes)
  return null
}

/** A folder looks like a file until it is read, and a file may have gone since it was chosen. */
export async function expectReadable(file: File): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer()
  } catch {
    throw new FileRefusal('unreadable')
  }
}
