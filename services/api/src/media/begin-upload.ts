import type { Principal } from '../access/require-account.ts'
import type { Context } from '../context.ts'
import { uuidV7 } from '../documents/uuid-v7.ts'
import { planOf, takeStorage } from '../subscriptions/take-from-plan.ts'
import { StorageFull, UploadTooLarge } from './errors.ts'

export type UploadDraft = { name: string; altText: string }

/** Takes the place of what is announced in the plan and on the disk, before a byte of it is read. Returns the new medium's id. */
export async function beginUpload(
  context: Context,
  { accountId }: Principal,
  draft: UploadDraft,
  bytes: number,
): Promise<string> {
  const { name: plan, limits } = await planOf(context, accountId)
  if (bytes > limits.uploadBytes) throw new UploadTooLarge(plan, limits.uploadBytes)
  const { freeBytes } = await context.storage.readSpace()
  if (bytes > freeBytes) throw new StorageFull()
  const createdAt = context.clock()
  const id = uuidV7(createdAt)
  await context.transact(async (stores) => {
    await stores.media.addUpload({ ...draft, id, ownerId: accountId, sizeBytes: bytes, createdAt })
    // Last, since it locks what all uploads of the account wait for.
    await takeStorage(stores, accountId, bytes)
  })
  return id
}

/**
 * Leaves nothing of an upload: its row and its place in the plan first, since what has no row is swept away. An upload that
 * was finished after all, though its answer was lost, stays.
 */
export async function giveUpUpload(context: Context, id: string): Promise<void> {
  const isGone = await context.transact(async ({ media, usage }) => {
    const upload = await media.removeUpload(id)
    if (upload) await usage.changeUsage(upload.ownerId, { storageBytes: -upload.sizeBytes })
    return (await media.knownIds([id])).length === 0
  })
  if (isGone) await context.storage.remove(id)
}
