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

test('deletes mails that were given up, notes of ended sessions and old signing keys, each in its time', async () => {
  const { context, query } = auth
  await context.signingKeys.rotate()
  await query(`insert into outbox_mail (kind, recipient, facts, created_at, due_at, failed_at)
               values ('password-changed', 'ada@example.com', '{}', now(), now(), now())`)
  await query('delete from outbox_mail where failed_at is null')
  await query('insert into ended_session (id, ended_at) values (gen_random_uuid(), now())')
  const leftAfter = async (hours: number) => {
    auth.setClock(new Date(Date.now() + hours * 3_600_000))
    await pruneExpired(context)
    auth.setClock(null)
    const [counts] = await query(
      `select (select count(*) from outbox_mail)::int as mails, (select count(*) from ended_session)::int as ended,
              (select count(*) from signing_key)::int as keys`,
    )
    return counts
  }

  const counts = [await leftAfter(0.1), await leftAfter(23), await leftAfter(25), await leftAfter(31 * 24)]

  expect(counts).toEqual([
    { mails: 1, ended: 1, keys: 2 },
    { mails: 1, ended: 1, keys: 1 },
    { mails: 1, ended: 0, keys: 1 },
    { mails: 0, ended: 0, keys: 1 },
  ])
})

test('deletes a session at its end, however lately it was used', async () => {
  const account = await aRegisteredAccount(auth)
  await aSessionOf(auth, account)
  await auth.query(
    "update session set expires_at = now() - interval '1 second' where user_id = $1",
    account.id,
  )

  await pruneExpired(auth.context)

  expect(await auth.query('select 1 from session where user_id = $1', account.id)).toEqual([])
})
