import { isDeepStrictEqual } from 'node:util'
import { isMatched } from '@finity/kit/http/entity-tags.ts'
import type { Context } from '../context.ts'
import { etagOf } from './document-etag.ts'
import type { Document } from './document-store.ts'
import { DocumentChanged, DocumentInTrash, IfMatchRequired } from './errors.ts'
import { holdDocument } from './hold-document.ts'

export type Changes = { [Field in 'title' | 'content' | 'tags']?: Document[Field] | undefined }

/** Changes what is given and leaves the rest. What is given as it was changes nothing, not even the time. */
export async function changeDocument(
  context: Context,
  ownerId: string,
  id: string,
  ifMatch: string | undefined,
  changes: Changes,
): Promise<Document> {
  if (ifMatch === undefined) throw new IfMatchRequired()
  return holdDocument(context, ownerId, id, async (document, { documents }) => {
    if (document.trashedAt) throw new DocumentInTrash()
    if (!isMatched(ifMatch, etagOf(document))) throw new DocumentChanged(etagOf(document))
    const news = newsOf(document, changes)
    if (Object.keys(news).length === 0) return document
    return documents.changeDocument(ownerId, id, { ...news, updatedAt: context.clock() })
  })
}

function newsOf(document: Document, changes: Changes): Partial<Document> {
  const fields = ['title', 'content', 'tags'] as const
  const isNew = (field: (typeof fields)[number]) =>
    changes[field] !== undefined && !isDeepStrictEqual(changes[field], document[field])
  return Object.fromEntries(fields.filter(isNew).map((field) => [field, changes[field]]))
}
