import { SearchField } from '../../../components/search-field.tsx'
import { SelectField } from '../../../components/select-field.tsx'
import { documentsText } from '../../../text/documents.ts'
import { useTags } from '../api/list-tags.ts'
import type { Sort } from '../document.ts'
import { type DocumentFilter, sorts } from '../document-filter.ts'
import styles from './find-documents.module.css'

const words = documentsText.find

type Props = { filter: DocumentFilter; onChange: (part: Partial<DocumentFilter>) => void }

/** Words, a tag, and the order. */
export function FindDocuments({ filter, onChange }: Props) {
  return (
    <search className={styles.find}>
      <div className={styles.search}>
        <SearchField label={words.search} value={filter.search} onSearch={(search) => onChange({ search })} />
      </div>
      <SelectField
        label={words.tag}
        value={filter.tag ?? ''}
        choices={useTagChoices(filter.tag)}
        onChange={(tag) => onChange({ tag: tag || null })}
      />
      <SelectField
        label={words.sort}
        value={filter.sort}
        choices={sorts.map((sort) => ({ value: sort, label: words.sorts[sort] }))}
        onChange={(sort) => onChange({ sort: sort as Sort })}
      />
    </search>
  )
}

/** The chosen one is there even while the others load, or when no document has it any more. */
function useTagChoices(chosen: string | null) {
  const { data = [] } = useTags()
  const choices = data.map(({ tag, documents }) => ({ value: tag, label: words.tagCount(tag, documents) }))
  const isMissing = chosen !== null && !data.some(({ tag }) => tag === chosen)
  return [
    { value: '', label: words.anyTag },
    ...(isMissing ? [{ value: chosen, label: chosen }] : []),
    ...choices,
  ]
}
