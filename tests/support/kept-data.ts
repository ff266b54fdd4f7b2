import { aPicture } from './picture.ts'
import { type Account, send } from './requests.ts'

/** What people have, and find again after a restore. */
export async function writeDocument(account: Account, title: string): Promise<string> {
  return await create('/api/documents', { ...account, body: JSON.stringify({ title }) })
}

export async function uploadPicture(account: Account): Promise<string> {
  return await create('/api/media?name=kept.png', { ...account, body: aPicture(64), type: 'image/png' })
}

async function create(path: string, parts: Parameters<typeof send>[1]): Promise<string> {
  const answer = await send(path, { ...parts, method: 'POST' })
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { id: string }).id
}

export async function titlesOf(account: Account): Promise<string[]> {
  const answer = await send('/api/documents?limit=100', account)
  return ((await answer.json()) as { items: { title: string }[] }).items.map(({ title }) => title).sort()
}

export async function isPictureThere(account: Account, id: string): Promise<boolean> {
  const answer = await send(`/api/media/${id}`, account)
  const { links } = (await answer.json()) as { links: { content: string } }
  return (await send(links.content)).status === 200
}
