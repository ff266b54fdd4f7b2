import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { readNavigationState } from '../../lib/navigation-state.ts'
import { type MediaFilter, type MediaKind, mediaKinds } from './media.ts'

const SHOWN = 'show'

/** What the library shows stands in the address: it can be kept, and the way back closes what was opened. */
export function useLibraryAddress() {
  const [query, setQuery] = useSearchParams()
  const { state } = useLocation()
  const navigate = useNavigate()
  const filter = readFilter(query)

  function show(id: string | null) {
    setQuery(withValue(query, SHOWN, id), {
      preventScrollReset: true,
      // Going through the files is one step of the way back, however many they are.
      replace: query.has(SHOWN),
      state:
        id !== null && (!query.has(SHOWN) || readNavigationState(state).fromList) ? { fromList: true } : null,
    })
  }

  return {
    filter,
    shownId: query.get(SHOWN),
    show,
    close: () => (readNavigationState(state).fromList ? navigate(-1) : show(null)),
    changeFilter: (part: Partial<MediaFilter>) =>
      setQuery(writeFilter({ ...filter, ...part }), { preventScrollReset: true, replace: true }),
  }
}

function readFilter(query: URLSearchParams): MediaFilter {
  const kind = query.get('kind') as MediaKind
  return {
    kind: mediaKinds.includes(kind) ? kind : null,
    name: query.get('q') ?? '',
    deleted: query.get('deleted') === 'true',
  }
}

function writeFilter({ kind, name, deleted }: MediaFilter): URLSearchParams {
  return new URLSearchParams({
    ...(name && { q: name }),
    ...(kind && { kind }),
    ...(deleted && { deleted: 'true' }),
  })
}

function withValue(query: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(query)
  if (value === null) next.delete(name)
  else next.set(name, value)
  return next
}
