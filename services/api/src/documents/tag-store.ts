import type { Prisma } from '../../generated/prisma/client.ts'

/** A tag in its most used spelling, and how many documents have it in any. */
export type TagCount = { tag: string; documents: number }

export type TagStore = {
  /** Of the documents that are not in the trash; the most used first. */
  countTags: (ownerId: string, limit: number) => Promise<TagCount[]>
}

export function createTagStore(database: Prisma.TransactionClient): TagStore {
  return {
    countTags: (ownerId, limit) => database.$queryRaw<TagCount[]>`
      select (array_agg(tag order by uses desc, tag))[1] as tag, sum(uses)::int as documents
      from (
        select tag, count(*) as uses from document, unnest(tags) as tag
        where owner_id = ${ownerId}::uuid and trashed_at is null
        group by tag
      ) as spelling
      group by lower(tag) order by documents desc, lower(tag) limit ${limit}`,
  }
}
