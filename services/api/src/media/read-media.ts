import type { Principal } from '../access/require-account.ts'
import type { Context } from '../context.ts'
import { MediaNotFound } from './errors.ts'
import type { Medium } from './media-store.ts'
import { requireMediaId } from './require-media-id.ts'
import { type MediaRead, toMediaFacts } from './schemas.ts'
import { linksOf } from './sign-links.ts'

/** A medium of the account, also one that can still be restored. */
export async function readMedia({ media }: Context, accountId: string, id: string): Promise<Medium> {
  const medium = await media.findMedium(accountId, requireMediaId(id))
  if (!medium) throw new MediaNotFound()
  return medium
}

/** As its owner's session sees it. */
export function showMedia(context: Context, principal: Principal, medium: Medium): MediaRead {
  return { ...toMediaFacts(medium), links: linksOf(context, principal, medium.id, medium.variantState) }
}

/** The account's media with these ids, in their order; those that are deleted or not the account's are left out. */
export async function readMediaOf(
  context: Context,
  principal: Principal,
  ids: string[],
): Promise<MediaRead[]> {
  const found = await context.media.findMedia(principal.accountId, ids)
  const byId = new Map(found.map((medium) => [medium.id, medium]))
  return ids.flatMap((id) => byId.get(id) ?? []).map((medium) => showMedia(context, principal, medium))
}
