import { chmod, readdir } from 'node:fs/promises'
import { join } from 'node:path'

const groupsToo = 0o2775

/**
 * Lets the group of the folder, in which the backup sidecar is, bring files back into it. What is in there is made by this process,
 * or was by one before it; what is not its own stays as it is.
 */
export async function shareFolder(root: string): Promise<void> {
  process.umask(0o002)
  const folders = await readdir(root, { withFileTypes: true }).catch(() => [])
  const own = folders.filter((entry) => entry.isDirectory()).map(({ name }) => join(root, name))
  for (const folder of [root, ...own]) await chmod(folder, groupsToo).catch(() => {})
}
