// Fills a release through its edge, as people do, and prints what it acknowledged (scripts/keep-release-data.sh).
// Runs by the release's image, beside its edge.
import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { aPicture } from './picture.ts'
import { createVisitor } from './visitor.ts'

export type Person = { email: string; password: string; id: string }
export type KnownDocument = { id: string; title: string; content: string; tags?: string[]; version?: number }
export type KnownMedium = { id: string; name: string; sha256: string; variants: Record<string, string> }

/** What a release acknowledged before its data were kept. */
export type Known = {
  madeAt: string
  person: Person
  superuser: Person
  /** The cookie of a session that nobody has refreshed since. */
  refreshCookie: string
  signingKeys: string[]
  documents: KnownDocument[]
  trashed: KnownDocument[]
  /** How a word begins that one document has. */
  word: { q: string; id: string }
  media: KnownMedium[]
  plan: string | null
}

const { ask, signIn } = createVisitor('https://localhost')
const operations = JSON.stringify((await ask('/api/openapi.json')).json)
/** The older releases have less. */
const has = (operation: string) => operations.includes(`"${operation}"`)

async function signUp(email: string): Promise<Person> {
  const password = 'correct horse battery staple'
  const { json } = await ask('/auth/register', { json: { email, password } })
  return { email, password, id: json.id }
}

async function makeSuperuser(): Promise<Person> {
  const person = { email: 'superuser@example.com', password: 'what the link has set' }
  await ask('/auth/reset-password', { json: { token: process.env.RESET_TOKEN, password: person.password } })
  const { token } = await signIn(person)
  return { ...person, id: (await ask('/users/me', { as: token })).json.id }
}

/** What is easily harmed on its way through dumps, encodings and shells. */
const delicate =
  'Two spaces at the end  \r\nA tab\tand \\. and \\N and \'quotes\' and "more" and $1 and %s\n\\.\nÅngström, A\u030angström, 漢字, שלום, 👩‍👩‍👧‍👧, \u200b\u{10ffff}\n'

async function write(as: string, title: string, content: string, tags: string[]): Promise<KnownDocument> {
  const document = has('listTags') ? { title, content, tags } : { title, content }
  return (await ask('/api/documents', { as, json: document })).json
}

async function fillDocuments(as: string) {
  const written = [
    await write(as, 'What is easily harmed', delicate, ['Ångström', 'a b']),
    await write(as, 'A long one', 'Line after line.\n'.repeat(300), []),
    await write(as, 'Without content', '', []),
  ]
  const changed = await write(as, 'Zanzibar', 'The word is only in the title.', ['travel'])
  // A change makes a version where there are any.
  for (const number of [2, 3, 4]) {
    const json = { title: `Zanzibar, version ${number}` }
    await ask(`/api/documents/${changed.id}`, { as, method: 'PATCH', json, headers: { 'if-match': '*' } })
  }
  const trashed = has('restoreDocument') ? [await write(as, 'In the trash', delicate, ['travel'])] : []
  for (const { id } of trashed) await ask(`/api/documents/${id}`, { as, method: 'DELETE' })
  const read = async ({ id }: KnownDocument) => (await ask(`/api/documents/${id}`, { as })).json
  return {
    documents: await Promise.all([...written, changed].map(read)),
    trashed: await Promise.all(trashed.map(read)),
    word: { q: 'zanzib', id: changed.id },
  }
}

async function fillMedia(as: string, documentId: string): Promise<KnownMedium[]> {
  if (!has('uploadMedia')) return []
  const media = []
  // Larger than the larger of its variants.
  for (const [name, bytes] of [
    ['grey.png', aPicture(1_700)] as const,
    ['notes.txt', Buffer.from(delicate)] as const,
  ]) {
    const { id } = (await ask(`/api/media?name=${name}`, { as, bytes })).json
    await ask(`/api/documents/${documentId}/media/${id}`, { as, method: 'PUT' })
    media.push({ id, name, sha256: sha256(bytes), variants: await variantsOf(as, id) })
  }
  return media
}

/** They are made in the background. */
async function variantsOf(as: string, id: string): Promise<Record<string, string>> {
  const { variant_state: state, links } = (await ask(`/api/media/${id}`, { as })).json
  if (state === 'none') return {}
  if (state !== 'ready') {
    await pause(200)
    return variantsOf(as, id)
  }
  const { thumbnail, medium } = links
  return { thumbnail: sha256((await ask(thumbnail)).body), medium: sha256((await ask(medium)).body) }
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

async function grantPlan(as: string, { id }: Person): Promise<string | null> {
  if (!has('grantPlan')) return null
  await ask(`/api/subscriptions/${id}`, { as, method: 'PUT', json: { plan: 'pro' } })
  return 'pro'
}

/** Mails that wait, a session that ended, a sign-in that failed, an account that is no more. */
async function leaveTraces(person: Person, superuser: string): Promise<void> {
  await ask('/auth/request-verify-token', { json: { email: person.email } })
  await ask('/auth/forgot-password', { json: { email: person.email } })
  await signIn({ ...person, password: 'a wrong one' }).catch(() => {})
  await ask('/auth/jwt/logout', { as: (await signIn(person)).token, method: 'POST' })
  const gone = await signUp('gone@example.com')
  await write((await signIn(gone)).token, 'Of somebody who left', 'Nothing of it stays.', [])
  await ask(`/users/${gone.id}`, { as: superuser, method: 'DELETE' })
}

/** Until only what is put off is still to be done: a second look for things of the account that is gone. */
async function settle(superuser: string): Promise<void> {
  if (!has('readSystem')) return
  const { kinds } = (await ask('/api/system', { as: superuser })).json.queue
  const { waiting, active } = kinds.find(({ kind }: { kind: string }) => kind === 'erase-account')
  if (waiting === 1 && active === 0) return
  await pause(200)
  await settle(superuser)
}

const superuser = await makeSuperuser()
const person = await signUp('person@example.com')
const [{ token, cookie }, { token: asSuperuser }] = [await signIn(person), await signIn(superuser)]
const plan = await grantPlan(asSuperuser, person)
const { documents, trashed, word } = await fillDocuments(token)
const media = await fillMedia(token, word.id)
await leaveTraces(person, asSuperuser)
await settle(asSuperuser)
const { keys } = (await ask('/.well-known/jwks.json')).json
const known: Known = {
  madeAt: new Date().toISOString(),
  person,
  superuser,
  refreshCookie: cookie,
  signingKeys: keys.map(({ kid }: { kid: string }) => kid),
  documents,
  trashed,
  word,
  media,
  plan,
}
console.log(JSON.stringify(known, null, 2))
