import type { operations } from '../../lib/api/api-schema.d.ts'

type Answer<Name extends 'readDocument' | 'listDocuments' | 'listTags'> =
  operations[Name]['responses'][200]['content']['application/json']

export type Document = Answer<'readDocument'>
export type DocumentSummary = Answer<'listDocuments'>['items'][number]
export type TagCount = Answer<'listTags'>['items'][number]
export type Sort = NonNullable<NonNullable<operations['listDocuments']['parameters']['query']>['sort']>

/** What a person writes: the part of a document that the editor changes. */
export type Draft = Pick<Document, 'title' | 'content' | 'tags'>

export const EMPTY_DRAFT: Draft = { title: '', content: '', tags: [] }

/** As it is sent: nobody means the spaces around a title. */
export function toDraft({ title, content, tags }: Draft): Draft {
  return { title: title.trim(), content, tags }
}

export function isSameDraft(one: Draft, other: Draft): boolean {
  return JSON.stringify(toDraft(one)) === JSON.stringify(toDraft(other))
}
