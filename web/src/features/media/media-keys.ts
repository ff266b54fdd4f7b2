import type { MediaFilter } from './media.ts'

export const mediaKeys = {
  lists: ['media', 'list'],
  list: (filter: MediaFilter) => ['media', 'list', filter],
  one: (id: string) => ['media', 'one', id],
}
