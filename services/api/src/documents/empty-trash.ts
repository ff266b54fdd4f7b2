import type { Context } from '../context.ts'

/** What one statement removes, so that it ends well within the time that a statement has. */
const batch = 500
const keptMs = 30 * 86_400_000

/** All that is in an account's trash now is gone for good. */
export async function emptyTrash({ documents, clock }: Context, ownerId: string): Promise<void> {
  const trashedBy = clock()
  await removeAll((limit) => documents.removeTrash(trashedBy, limit, ownerId))
}

/** What has been in the trash for 30 days is gone for good, whoever's it is. */
export async function emptyOldTrash({ documents, clock }: Context): Promise<void> {
  const trashedBy = new Date(clock().getTime() - keptMs)
  await removeAll((limit) => documents.removeTrash(trashedBy, limit))
}

async function removeAll(removeSome: (limit: number) => Promise<number>): Promise<void> {
  while ((await removeSome(batch)) === batch);
}
