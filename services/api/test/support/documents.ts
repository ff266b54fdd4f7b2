import { randomUUID } from 'node:crypto'
import type { Api } from './start-api.ts'

export type TestDocument = {
  id: string
  title: string
  content: string
  created_at: string
  updated_at: string
}

export type ListPage = { items: { id: string; title: string; excerpt: string }[]; next_cursor: string | null }

/** A token of an account that has no documents yet. */
export function aStranger(api: Api): Promise<string> {
  return api.issuer.sign(randomUUID())
}

export async function aDocument(
  api: Api,
  token: string,
  json: object = { title: 'Notes' },
): Promise<TestDocument> {
  const { body } = await api.send('/api/documents', { token, json })
  return body as TestDocument
}
