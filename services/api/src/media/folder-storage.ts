import { createHash } from 'node:crypto'
import { mkdir, opendir, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { collectChunksAfter } from './collect-chunks.ts'
import type { FileKind, MediaStorage } from './media-storage.ts'
import { variantKinds } from './media-storage.ts'
import { withFile } from './with-file.ts'

const kinds: FileKind[] = ['original', ...variantKinds]
const arrivals = 'incoming'
/** Of what is in a folder, which may have more in it than this wrote. */
const beginsWithId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/

/** Media in a folder: what arrives in `incoming`, the rest in 256 folders by the end of the id, which is random. */
export function createFolderStorage(root: string): MediaStorage {
  const folderOf = (mediaId: string) => `${mediaId.slice(-2)}/${mediaId}`
  const placeOf = (mediaId: string, kind: FileKind) => `${folderOf(mediaId)}/${kind}`
  const pathOf = (mediaId: string, kind: FileKind) => join(root, placeOf(mediaId, kind))
  const arrivalOf = (mediaId: string, kind: FileKind) => join(root, arrivals, `${mediaId}.${kind}`)
  const pathsOf = (mediaId: string) => [
    join(root, folderOf(mediaId)),
    ...kinds.map((kind) => arrivalOf(mediaId, kind)),
  ]

  return {
    root,
    placeOf,
    pathOf,

    async write(mediaId, kind, chunks) {
      const arrival = arrivalOf(mediaId, kind)
      await mkdir(dirname(arrival), { recursive: true })
      try {
        const written = await writeDurably(arrival, chunks)
        await moveDurably(arrival, pathOf(mediaId, kind), root)
        return written
      } catch (error) {
        await rm(arrival, { force: true })
        throw error
      }
    },

    async remove(mediaId) {
      for (const path of pathsOf(mediaId)) await rm(path, { recursive: true, force: true })
    },

    async *list() {
      for await (const folder of namesIn(root))
        for await (const name of namesIn(join(root, folder)))
          yield* beginsWithId.exec(name)?.slice(0, 1) ?? []
    },

    async changedAt(mediaId) {
      const times = await Promise.all(pathsOf(mediaId).map(timeOf))
      const newest = Math.max(...times)
      return newest > 0 ? new Date(newest) : null
    },

    async readSpace() {
      await mkdir(root, { recursive: true })
      const { bavail, blocks, bsize } = await statfs(root)
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
    },
  }
}

async function writeDurably(path: string, chunks: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256')
  let bytes = 0
  await withFile(path, 'w', async (file) => {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      await file.writeFile(chunk)
      collectChunksAfter(chunk.length)
    }
    await file.sync()
  })
  return { bytes, sha256: hash.digest() as Buffer<ArrayBuffer> }
}

/** A name is on the disk when its folder is, and a new folder when the one above is. */
async function moveDurably(from: string, to: string, root: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
  for (const folder of [dirname(to), dirname(dirname(to)), root]) {
    await withFile(folder, 'r', (handle) => handle.sync())
  }
}

/** Nothing where there is no folder: others may be at work in it. */
async function* namesIn(folder: string): AsyncGenerator<string> {
  try {
    for await (const { name } of await opendir(folder)) yield name
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

async function timeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs
  } catch (error) {
    if (isMissing(error)) return 0
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code))
}
