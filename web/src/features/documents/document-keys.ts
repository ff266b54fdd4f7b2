/** The names under which answers about documents are kept. */
export const documentKeys = {
  list: ['documents', 'list'] as const,
  one: (id: string) => ['documents', 'one', id] as const,
}
