import type { Context } from '../context.ts'
import { takeStorage } from '../subscriptions/take-from-plan.ts'
import { MediaDeleted } from './errors.ts'
import type { Medium } from './media-store.ts'
import { readMedia } from './read-media.ts'
import { requireMediaId } from './require-media-id.ts'

export type MediaChanges = { name?: string | undefined; altText?: string | undefined }

/** Changes what is given and leaves the rest. */
export async function changeMedia(
  context: Context,
  accountId: string,
  id: string,
  { name, altText }: MediaChanges,
): Promise<Medium> {
  const changed = await context.media.changeMedium(accountId, requireMediaId(id), {
    ...(name !== undefined && { name }),
    ...(altText !== undefined && { altText }),
  })
  if (changed) return changed
  await readMedia(context, accountId, id)
  throw new MediaDeleted()
}

/** Frees its place in the plan at once; its bytes stay for a day. Deleting again changes nothing. */
export async function deleteMedia(context: Context, accountId: string, id: string): Promise<void> {
  const known = requireMediaId(id)
  const deleted = await context.transact(async ({ media, usage }) => {
    const medium = await media.setDeleted(accountId, known, context.clock())
    if (medium) await usage.changeUsage(accountId, { storageBytes: -medium.sizeBytes })
    return medium
  })
  if (!deleted) await readMedia(context, accountId, id)
}

/** Takes its place in the plan again, or throws PlanLimitReached. One that is not deleted stays as it is. */
export async function restoreMedia(context: Context, accountId: string, id: string): Promise<Medium> {
  const known = requireMediaId(id)
  const restored = await context.transact(async (stores) => {
    const medium = await stores.media.setDeleted(accountId, known, null)
    if (medium) await takeStorage(stores, accountId, medium.sizeBytes)
    return medium
  })
  return restored ?? readMedia(context, accountId, id)
}
