import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { askAnew } from '../../../lib/ask-anew.ts'
import type { Document, DocumentSummary } from '../document.ts'
import { documentKeys } from '../document-keys.ts'

type List = InfiniteData<{ items: DocumentSummary[]; next_cursor: string | null }>

/** An answer of the service is what every page shows from now on. */
export function rememberDocument(queryClient: QueryClient, document: Document) {
  const { id, title, tags, version, updated_at } = document
  // An answer that is on its way may be from before.
  queryClient.cancelQueries({ queryKey: documentKeys.one(id) })
  queryClient.setQueryData(documentKeys.one(id), document)
  changeLists(queryClient, (items) =>
    items.map((item) => (item.id === id ? { ...item, title, tags, version, updated_at } : item)),
  )
}

/** It left the lists that showed it. */
export function forgetInLists(queryClient: QueryClient, id: string) {
  changeLists(queryClient, (items) => items.filter((item) => item.id !== id))
}

/** What lists show changes at once; what belongs there and in which order, the service says a moment later. */
export function changeLists(
  queryClient: QueryClient,
  change: (items: DocumentSummary[]) => DocumentSummary[],
) {
  queryClient.setQueriesData<List>({ queryKey: documentKeys.lists }, (list) => list && inPages(list, change))
  void askAnew(queryClient, documentKeys.lists)
  void askAnew(queryClient, documentKeys.tags)
}

function inPages(list: List, change: (items: DocumentSummary[]) => DocumentSummary[]): List {
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: change(page.items) })) }
}
