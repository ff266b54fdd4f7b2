import type { Context } from '../context.ts'
import { giveUpUpload } from './begin-upload.ts'

const hourMs = 3_600_000
/** How long a deleted medium can be restored. */
export const restorableMs = 24 * hourMs

const atOnce = 500

/** Removes what nobody will ask for: uploads that came to a stop, media deleted a day ago, and files that no row knows. */
export async function sweepMedia(context: Context, signal: AbortSignal): Promise<void> {
  const now = context.clock().getTime()
  const hourAgo = new Date(now - hourMs)
  await sweepUploads(context, hourAgo)
  await sweepDeleted(context, new Date(now - restorableMs))
  signal.throwIfAborted()
  await sweepFiles(context, hourAgo)
}

/** Their process ended before it could give them up. One that still gets bytes goes on. */
async function sweepUploads(context: Context, hourAgo: Date): Promise<void> {
  let ids = await context.media.listUploads(hourAgo, undefined)
  while (ids.length > 0) {
    for (const id of ids) if (await isOlder(context, id, hourAgo)) await giveUpUpload(context, id)
    ids = await context.media.listUploads(hourAgo, ids.at(-1))
  }
}

async function sweepDeleted({ media, storage }: Context, deletedBefore: Date): Promise<void> {
  for (;;) {
    const ids = await media.removeDeleted(deletedBefore)
    if (ids.length === 0) return
    for (const id of ids) await storage.remove(id)
  }
}

/** Of deleted accounts, and of a process that ended between a row and its file. A row comes before the first byte. */
async function sweepFiles(context: Context, hourAgo: Date): Promise<void> {
  const batch: string[] = []
  for await (const id of context.storage.list()) {
    batch.push(id)
    if (batch.length >= atOnce) await sweepUnknown(context, batch.splice(0), hourAgo)
  }
  await sweepUnknown(context, batch, hourAgo)
}

async function sweepUnknown(context: Context, ids: string[], hourAgo: Date): Promise<void> {
  const known = new Set(await context.media.knownIds(ids))
  for (const id of ids)
    if (!known.has(id) && (await isOlder(context, id, hourAgo))) await context.storage.remove(id)
}

async function isOlder({ storage }: Context, id: string, moment: Date): Promise<boolean> {
  const changedAt = await storage.changedAt(id)
  return changedAt === null || changedAt < moment
}
