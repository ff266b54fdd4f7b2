const ADDRESS = /^\/api\/media\/([0-9a-f-]{36})\/content$/

/** How the text of a document names a file of the account. Whoever may see it gets a link that is signed. */
export function readMediaAddress(address: string | undefined): string | null {
  return ADDRESS.exec(address ?? '')?.[1] ?? null
}

/** Markdown that shows a picture, or leads to any other file. */
export function writeMediaReference(id: string, name: string, isPicture: boolean): string {
  const label = name.replaceAll(/[\\[\]]/g, '\\$&')
  return `${isPicture ? '!' : ''}[${label}](/api/media/${id}/content)`
}
