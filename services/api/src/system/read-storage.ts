import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'

export type StorageSpace = { freeBytes: number; totalBytes: number }

/** The space of the file system that a folder is on; rejects when the folder cannot be written to. */
export async function readStorage(folder: string): Promise<StorageSpace> {
  await access(folder, constants.W_OK)
  const { bavail, blocks, bsize } = await statfs(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}
