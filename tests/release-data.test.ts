import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KnownDocument } from './support/fill-release.ts'
import { countRows, keptReleases, migrations, restore, sha256, sql } from './support/release-data.ts'
import { baseUrl, deploy, removeJournal, tagImages } from './support/releases.ts'
import { compose, until } from './support/stack.ts'
import { createVisitor, refreshCookieOf, type Visitor } from './support/visitor.ts'

// Tokens and links that a release signed end within two hours, whatever becomes of them: no test can have them.
describe.each(keptReleases)('on the data of $release, this release', ({ release, known }) => {
  let visitor: Visitor
  let token = ''
  let rowsBefore: string[] = []
  let rowsAfter: string[] = []

  beforeAll(async () => {
    tagImages('v1')
    await restore({ release, known })
    rowsBefore = countRows()
    const { code, output, seconds } = await deploy('v1')
    if (code !== 0) throw new Error(output)
    console.info(`Deployed on the data of ${release} in ${seconds} s`)
    rowsAfter = countRows()
    visitor = createVisitor(baseUrl())
    token = (await visitor.signIn(known.person)).token
  }, 300_000)

  afterAll(async () => {
    compose('prod', 'down', '--volumes')
    await removeJournal()
  })

  const read = async (path: string) => (await visitor.ask(path, { as: token })).json
  /** All but the times, which were moved. */
  const factsOf = ({ id, title, content, tags = [], version = 1 }: KnownDocument) => {
    return { id, title, content, tags, version }
  }

  test('has run the migrations of the tree, and none was edited since', () => {
    const { applied, ofTheTree } = migrations()

    expect(applied).toEqual(ofTheTree)
  })

  test('has neither lost nor doubled a row', () => {
    const gone = rowsBefore.filter((row) => !rowsAfter.includes(row))

    expect(gone).toEqual([])
  })

  test('lets people in with the password that they had', async () => {
    const signedIn = await Promise.all([known.person, known.superuser].map(visitor.signIn))

    const accounts = await Promise.all(
      signedIn.map(async ({ token: as }) => (await visitor.ask('/users/me', { as })).json.id),
    )
    expect(accounts).toEqual([known.person.id, known.superuser.id])
  })

  test('goes on with a session that was left open', async () => {
    const headers = { cookie: known.refreshCookie }

    const refreshed = await visitor.ask('/auth/refresh', { method: 'POST', headers })

    const { json } = await visitor.ask('/users/me', { as: refreshed.json.access_token })
    expect(json.id).toBe(known.person.id)
    expect(refreshCookieOf(refreshed.headers['set-cookie'])).not.toBe(known.refreshCookie)
  })

  test('still publishes the keys that signed', async () => {
    const { keys } = await read('/.well-known/jwks.json')

    expect(keys.map(({ kid }: { kid: string }) => kid)).toEqual(expect.arrayContaining(known.signingKeys))
  })

  test('gives every document back as it was', async () => {
    const documents = await Promise.all(
      [...known.documents, ...known.trashed].map(({ id }) => read(`/api/documents/${id}`)),
    )

    expect(documents.map(factsOf)).toEqual([...known.documents, ...known.trashed].map(factsOf))
  })

  test('finds a document by a word', async () => {
    const { items } = await read(`/api/documents?q=${known.word.q}`)

    expect(items.map(({ id }: KnownDocument) => id)).toEqual([known.word.id])
  })

  test('takes a new document', async () => {
    const { id } = (await visitor.ask('/api/documents', { as: token, json: { title: 'New', tags: ['new'] } }))
      .json

    expect(await read(`/api/documents/${id}`)).toMatchObject({ title: 'New', tags: ['new'], version: 1 })
  })

  test.runIf(known.trashed.length > 0)('brings a document back from the trash', async () => {
    const [trashed] = known.trashed as [KnownDocument]

    await visitor.ask(`/api/documents/${trashed.id}/restore`, { as: token, method: 'POST' })

    const { items } = await read('/api/documents')
    expect(items).toContainEqual(expect.objectContaining({ id: trashed.id, trashed_at: null }))
  })

  test.runIf(known.media.length > 0)('sends media and their smaller pictures as they were', async () => {
    const bodiesOf = async (id: string) => {
      const { content, thumbnail, medium } = (await read(`/api/media/${id}`)).links
      const links = { content, ...(thumbnail && { thumbnail, medium }) } as Record<string, string>
      const hashes = Object.entries(links).map(async ([kind, link]) => [
        kind,
        sha256((await visitor.ask(link)).body),
      ])
      return Object.fromEntries(await Promise.all(hashes))
    }

    const sent = await Promise.all(known.media.map(({ id }) => bodiesOf(id)))

    expect(sent).toEqual(known.media.map(({ sha256: content, variants }) => ({ content, ...variants })))
  })

  test.runIf(known.plan)('knows what was granted', async () => {
    const { plan } = await read('/api/subscription')

    expect(plan).toBe(known.plan)
  })

  test.runIf(known.plan)('does the work that was put off', async () => {
    const erasures = () => sql('finity_db', `SELECT state FROM pgboss.job WHERE name = 'erase-account'`)
    expect(erasures().toSorted()).toEqual(['completed', 'created'])

    sql(
      'finity_db',
      `UPDATE pgboss.job SET start_after = now() WHERE state = 'created' AND name = 'erase-account'`,
    )

    await until(async () => erasures().every((state) => state === 'completed'))
  })
})
