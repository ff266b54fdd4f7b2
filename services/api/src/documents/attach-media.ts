import type { Principal } from '../access/require-account.ts'
import type { Context } from '../context.ts'
import { MediaNotFound } from '../media/errors.ts'
import { readMediaOf } from '../media/read-media.ts'
import { requireMediaId } from '../media/require-media-id.ts'
import type { MediaRead } from '../media/schemas.ts'
import { DocumentInTrash, TooManyMedia } from './errors.ts'
import { holdDocument } from './hold-document.ts'
import { readDocument } from './read-document.ts'

/** The list of a document's media has no pages. */
const mediaAtMost = 200

/** What is attached to a document, in the order of attaching, without what was deleted since. */
export async function listAttached(context: Context, principal: Principal, id: string): Promise<MediaRead[]> {
  const document = await readDocument(context, principal.accountId, id)
  return readMediaOf(context, principal, await context.attachments.listAttached(document.id))
}

/** Attaches a medium; one that is attached already stays so. */
export async function attachMedia(
  context: Context,
  principal: Principal,
  id: string,
  mediaId: string,
): Promise<void> {
  // Before the document is held: who waits for a second connection must not have a first one.
  const [medium] = await readMediaOf(context, principal, [requireMediaId(mediaId).toLowerCase()])
  await holdDocument(context, principal.accountId, id, async (document, { attachments }) => {
    if (document.trashedAt) throw new DocumentInTrash()
    if (!medium) throw new MediaNotFound()
    const attached = await attachments.listAttached(document.id)
    if (attached.includes(medium.id)) return
    if (attached.length >= mediaAtMost) throw new TooManyMedia(mediaAtMost)
    await attachments.attach(document.id, medium.id, context.clock())
  })
}

/** Detaches a medium, which stays; one that is not attached is no fault. */
export async function detachMedia(
  context: Context,
  principal: Principal,
  id: string,
  mediaId: string,
): Promise<void> {
  const known = requireMediaId(mediaId)
  await holdDocument(context, principal.accountId, id, async (document, { attachments }) => {
    if (document.trashedAt) throw new DocumentInTrash()
    await attachments.detach(document.id, known)
  })
}
