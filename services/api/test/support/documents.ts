import { randomUUID } from 'node:crypto'
import type { Answer } from '@finity/kit/testing/send-request.ts'
import type { Api } from './start-api.ts'

export type TestDocument = {
  id: string
  title: string
  content: string
  tags: string[]
  version: number
  created_at: string
  updated_at: string
  trashed_at: string | null
}

export type ListPage = {
  items: { id: string; title: string; excerpt: string; tags: string[] }[]
  next_cursor: string | null
}

const path = '/api/documents'

/** A token of an account that has no documents yet. */
export function aStranger(api: Api): Promise<string> {
  return api.issuer.sign(randomUUID())
}

/** A written document; throws when it was refused. */
export async function aDocument(
  api: Api,
  token: string,
  json: object = { title: 'Notes' },
): Promise<TestDocument> {
  const answer = await api.send(path, { token, json })
  if (answer.status !== 201) throw new Error(`Refused: ${JSON.stringify(answer.body)}`)
  return answer.body as TestDocument
}

export async function aTrashedDocument(api: Api, token: string, json?: object): Promise<TestDocument> {
  const document = await aDocument(api, token, json)
  await api.send(`${path}/${document.id}`, { method: 'DELETE', token })
  return document
}

/** Changes a document, whatever its version is when nothing is said about that. */
export function change(api: Api, token: string, id: string, json: object, ifMatch = '*'): Promise<Answer> {
  return api.send(`${path}/${id}`, { method: 'PATCH', token, json, headers: { 'if-match': ifMatch } })
}

export async function listPage(api: Api, token: string, query = ''): Promise<ListPage> {
  const { body } = await api.send(path + query, { token })
  return body as ListPage
}

export async function titlesOf(api: Api, token: string, query = ''): Promise<string[]> {
  return (await listPage(api, token, query)).items.map(({ title }) => title)
}

/** The titles of all pages, page by page. */
export async function allPagesOf(api: Api, token: string, query = '?limit=100'): Promise<string[][]> {
  const pages: string[][] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page = await listPage(api, token, `${query}${cursor && `&cursor=${cursor}`}`)
    pages.push(page.items.map(({ title }) => title))
    cursor = page.next_cursor
  }
  return pages
}

/** How many documents the account's plan counts. */
export async function countedDocuments(api: Api, token: string): Promise<number> {
  const { body } = await api.send('/api/subscription', { token })
  return (body as { usage: { documents: number } }).usage.documents
}
