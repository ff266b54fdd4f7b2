import { useSearchParams } from 'react-router'
import { type DocumentFilter, readFilter, writeFilter } from './document-filter.ts'

export function useDocumentFilter() {
  const [query, setQuery] = useSearchParams()
  const filter = readFilter(query)
  return {
    filter,
    changeFilter: (part: Partial<DocumentFilter>) =>
      setQuery(writeFilter({ ...filter, ...part }), { replace: true, preventScrollReset: true }),
  }
}
