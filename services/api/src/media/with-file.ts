import { type FileHandle, open } from 'node:fs/promises'

/** Opens a file for `work` and closes it, however that ends. */
export async function withFile<T>(
  path: string,
  flags: 'r' | 'w',
  work: (file: FileHandle) => Promise<T>,
): Promise<T> {
  const file = await open(path, flags, 0o640)
  try {
    return await work(file)
  } finally {
    await file.close()
  }
}
