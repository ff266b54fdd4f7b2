import type { Document } from './document-store.ts'

/** The entity tag of a document: its version. */
export function etagOf({ version }: Pick<Document, 'version'>): string {
  return `"${version}"`
}
