import type { Prisma } from '../../generated/prisma/client.ts'

export type AttachmentStore = {
  /** The ids of what is attached, in the order of attaching. */
  listAttached: (documentId: string) => Promise<string[]>
  attach: (documentId: string, mediaId: string, now: Date) => Promise<void>
  detach: (documentId: string, mediaId: string) => Promise<void>
}

export function createAttachmentStore(database: Prisma.TransactionClient): AttachmentStore {
  return {
    async listAttached(documentId) {
      const attached = await database.documentMedia.findMany({
        where: { documentId },
        select: { mediaId: true },
        orderBy: [{ attachedAt: 'asc' }, { mediaId: 'asc' }],
      })
      return attached.map(({ mediaId }) => mediaId)
    },

    async attach(documentId, mediaId, attachedAt) {
      await database.documentMedia.createMany({
        data: { documentId, mediaId, attachedAt },
        skipDuplicates: true,
      })
    },

    async detach(documentId, mediaId) {
      await database.documentMedia.deleteMany({ where: { documentId, mediaId } })
    },
  }
}
