import type { DocumentFilter } from './document-filter.ts'

/** The names under which answers about documents are kept. */
export const documentKeys = {
  lists: ['documents', 'list'] as const,
  list: (filter: DocumentFilter) => ['documents', 'list', filter] as const,
  trash: ['documents', 'list', 'trash'] as const,
  tags: ['documents', 'tags'] as const,
  one: (id: string) => ['documents', 'one', id] as const,
  /** Among the answers about files: their links are renewed together. */
  media: (id: string) => ['media', 'of-document', id] as const,
}
