import { Prisma } from '../../generated/prisma/client.ts'
import type { VariantKind } from './media-storage.ts'
import { type MediaKind, mediaKinds, patternOf } from './media-types.ts'
import type { PageCursor } from './page-cursor.ts'

export type VariantState = 'none' | 'pending' | 'ready' | 'failed'

export type Medium = {
  id: string
  ownerId: string
  name: string
  altText: string
  mediaType: string
  sizeBytes: number
  sha256: Uint8Array
  width: number | null
  height: number | null
  variantState: VariantState
  createdAt: Date
  deletedAt: Date | null
}

export type NewUpload = Pick<Medium, 'id' | 'ownerId' | 'name' | 'altText' | 'sizeBytes' | 'createdAt'>

/** What is known once all bytes are there. */
export type MediumFacts = {
  mediaType: string
  sha256: Uint8Array<ArrayBuffer>
  width: number | null
  height: number | null
  variantState: VariantState
}

export type Variant = {
  kind: VariantKind
  mediaType: string
  width: number
  height: number
  sizeBytes: number
  sha256: Uint8Array<ArrayBuffer>
}

export type MediaFilter = { kind?: MediaKind | undefined; q?: string | undefined; isDeleted: boolean }

/** Media whose bytes are all there, unless a name says "upload". */
export type MediaStore = {
  addUpload: (upload: NewUpload) => Promise<void>
  /** Null when the upload was given up meanwhile. */
  finishUpload: (id: string, facts: MediumFacts) => Promise<Medium | null>
  /** What it took from its owner's plan; null when there is no such upload. */
  removeUpload: (id: string) => Promise<Pick<Medium, 'ownerId' | 'sizeBytes'> | null>
  /** The oldest first, at most a thousand, after this one. */
  listUploads: (begunBefore: Date, after: string | undefined) => Promise<string[]>
  /** Without an owner: whoever's it is. */
  findMedium: (ownerId: string | null, id: string) => Promise<Medium | null>
  /** Those of the owner's that are not deleted, in no order. */
  findMedia: (ownerId: string, ids: string[]) => Promise<Medium[]>
  /** Newest first. */
  listMedia: (
    ownerId: string,
    filter: MediaFilter,
    limit: number,
    after: PageCursor | undefined,
  ) => Promise<Medium[]>
  /** Null when there is none that is not deleted. */
  changeMedium: (
    ownerId: string,
    id: string,
    changes: { name?: string; altText?: string },
  ) => Promise<Medium | null>
  /** Null when there is none, or it is so already. */
  setDeleted: (ownerId: string, id: string, deletedAt: Date | null) => Promise<Medium | null>
  /** Removes the rows of at most a thousand that were deleted before, and says which. */
  removeDeleted: (deletedBefore: Date) => Promise<string[]>
  /** Those of the ids that have a row, uploads included. */
  knownIds: (ids: string[]) => Promise<string[]>
  findVariant: (mediaId: string, kind: VariantKind) => Promise<Variant | null>
  /** Says what came of making variants: none is a failure. Only while they are waited for. */
  endVariants: (mediaId: string, variants: Variant[]) => Promise<void>
}

const atOnce = 1_000

type Row = Omit<Medium, 'sizeBytes' | 'sha256'> & { sizeBytes: bigint; sha256: Uint8Array | null }

function toMedium({ sizeBytes, sha256, ...row }: Row): Medium {
  return { ...row, sizeBytes: Number(sizeBytes), sha256: sha256 ?? new Uint8Array() }
}

export function createMediaStore(database: Prisma.TransactionClient): MediaStore {
  const stored = { state: 'stored' } as const

  return {
    async addUpload(upload) {
      await database.media.create({ data: { ...upload, state: 'uploading' } })
    },

    async finishUpload(id, facts) {
      const [row] = await database.media.updateManyAndReturn({
        where: { id, state: 'uploading' },
        data: { ...facts, ...stored },
      })
      return row ? toMedium(row) : null
    },

    async removeUpload(id) {
      const [row] = await database.$queryRaw<{ ownerId: string; sizeBytes: bigint }[]>`
        delete from media where id = ${id}::uuid and state = 'uploading'
        returning owner_id as "ownerId", size_bytes as "sizeBytes"`
      return row ? { ...row, sizeBytes: Number(row.sizeBytes) } : null
    },

    async listUploads(begunBefore, after) {
      const rows = await database.media.findMany({
        where: { state: 'uploading', createdAt: { lt: begunBefore }, ...(after && { id: { gt: after } }) },
        select: { id: true },
        orderBy: { id: 'asc' },
        take: atOnce,
      })
      return rows.map(({ id }) => id)
    },

    async findMedium(ownerId, id) {
      const row = await database.media.findUnique({
        where: { id, ...stored, ...(ownerId !== null && { ownerId }) },
      })
      return row && toMedium(row)
    },

    async findMedia(ownerId, ids) {
      const rows = await database.media.findMany({
        where: { ownerId, id: { in: ids }, deletedAt: null, ...stored },
      })
      return rows.map(toMedium)
    },

    async listMedia(ownerId, filter, limit, after) {
      const rows = await database.$queryRaw<Row[]>`
        select id, owner_id as "ownerId", name, alt_text as "altText", media_type as "mediaType",
               size_bytes as "sizeBytes", sha256, width, height, variant_state as "variantState",
               created_at as "createdAt", deleted_at as "deletedAt"
        from media
        where owner_id = ${ownerId}::uuid and state = 'stored'
          and ${filter.isDeleted ? Prisma.sql`deleted_at is not null` : Prisma.sql`deleted_at is null`}
          ${ofKind(filter.kind)} ${named(filter.q)} ${following(after)}
        order by created_at desc, id desc limit ${limit}`
      return rows.map(toMedium)
    },

    async changeMedium(ownerId, id, data) {
      const [row] = await database.media.updateManyAndReturn({
        where: { id, ownerId, deletedAt: null, ...stored },
        data,
      })
      return row ? toMedium(row) : null
    },

    async setDeleted(ownerId, id, deletedAt) {
      const [row] = await database.media.updateManyAndReturn({
        where: { id, ownerId, deletedAt: deletedAt ? null : { not: null }, ...stored },
        data: { deletedAt },
      })
      return row ? toMedium(row) : null
    },

    async removeDeleted(deletedBefore) {
      const rows = await database.$queryRaw<{ id: string }[]>`
        delete from media where id in (
          select id from media where deleted_at < ${deletedBefore} order by deleted_at limit ${atOnce} for update
        ) and deleted_at < ${deletedBefore}
        returning id`
      return rows.map(({ id }) => id)
    },

    async knownIds(ids) {
      const rows = await database.media.findMany({ where: { id: { in: ids } }, select: { id: true } })
      return rows.map(({ id }) => id)
    },

    async findVariant(mediaId, kind) {
      const row = await database.mediaVariant.findUnique({ where: { mediaId_kind: { mediaId, kind } } })
      return row && { ...row, kind, sizeBytes: Number(row.sizeBytes) }
    },

    async endVariants(mediaId, variants) {
      const { count } = await database.media.updateMany({
        where: { id: mediaId, variantState: 'pending' },
        data: { variantState: variants.length > 0 ? 'ready' : 'failed' },
      })
      if (count === 0) return
      await database.mediaVariant.createMany({ data: variants.map((variant) => ({ mediaId, ...variant })) })
    },
  }
}

function ofKind(kind: MediaKind | undefined): Prisma.Sql {
  if (kind === undefined) return Prisma.empty
  if (kind !== 'other') return Prisma.sql`and media_type ~ ${patternOf(kind)}`
  const others = mediaKinds.filter((known) => known !== 'other').map(patternOf)
  return Prisma.sql`and media_type !~ ${others.join('|')}`
}

/** Not with LIKE: a percent sign in what is looked for is only that. */
function named(q: string | undefined): Prisma.Sql {
  return q === undefined ? Prisma.empty : Prisma.sql`and strpos(lower(name), lower(${q})) > 0`
}

function following(after: PageCursor | undefined): Prisma.Sql {
  if (!after) return Prisma.empty
  return Prisma.sql`and (created_at, id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`
}
