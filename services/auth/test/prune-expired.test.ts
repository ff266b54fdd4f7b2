import { expect, test } from 'vitest'
import { pruneExpired } from '../src/prune-expired.ts'
import { aRegisteredAccount, aSessionOf } from './support/accounts.ts'
import { startAuth } from './support/start-auth.ts'

const auth = await startAuth()

test('deletes what is over, and nothing else', async () => {
  const account = await aRegisteredAccount(auth)
  const { id } = account
  await aSessionOf(auth, account)
  await auth.context.links.issue(id, 'reset')
  const stillThere = async () => {
    await pruneExpired(auth.context)
    const [counts] = await auth.query(
      `select (select count(*) from session)::int as sessions, (select count(*) from link_token)::int as links,
              (select count(*) from security_event)::int as events,
              (select count(*) from outbox_mail)::int as mails`,
    )
    return counts
  }

  const now = await stillThere()
  auth.setClock(new Date(Date.now() + 15 * 86_400_000))
  const inTwoWeeks = await stillThere()
  auth.setClock(new Date(Date.now() + 181 * 86_400_000))
  const inHalfAYear = await stillThere()
  auth.setClock(null)

  expect(now).toEqual({ sessions: 1, links: 1, events: 2, mails: 1 })
  expect(inTwoWeeks).toEqual({ sessions: 0, links: 0, events: 2, mails: 0 })
  expect(inHalfAYear).toEqual({ sessions: 0, links: 0, events: 0, mails: 0 })
})
