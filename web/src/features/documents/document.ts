export type Document = {
  id: string
  title: string
  content: string
  created_at: string
  updated_at: string
}

export type DocumentSummary = Omit<Document, 'content'> & { excerpt: string }

/** What a person writes: the part of a document that the editor changes. */
export type Draft = Pick<Document, 'title' | 'content'>
