import type { OpenApiDocument } from '@finity/kit/testing/check-documented.ts'
import { fuzzOperations } from '@finity/kit/testing/fuzz-operations.ts'
import { expect, inject, test } from 'vitest'
import { aRegisteredAccount, aSuperuser, aTokenOf } from './support/accounts.ts'
import { startAuth } from './support/start-auth.ts'

const auth = await startAuth()

/** A new account for each operation: one of them ends its sessions, another changes its password. */
async function aSignedInSuperuser() {
  const token = await aTokenOf(auth, await aSuperuser(auth))
  const { id } = await aRegisteredAccount(auth)
  return { headers: { authorization: `Bearer ${token}` }, params: { id } }
}

/** Refused attempts leave security events; they must not touch accounts, sessions, links or mails. */
function storedRows(): Promise<unknown[]> {
  return auth.query(`
    select (select md5(string_agg(u::text, ',' order by id)) from "user" u) as accounts,
           (select md5(string_agg(s::text, ',' order by id)) from session s) as sessions,
           (select count(*) from link_token) as links,
           (select count(*) from outbox_mail) as mails`)
}

test('answers rubbish in time and as documented, without a fault of its own, and stores none that it refuses', async () => {
  const { body } = await auth.send('/openapi.json')

  const results = await fuzzOperations({
    url: auth.url,
    document: body as OpenApiDocument,
    seed: 1,
    // A round is some 150 requests.
    rounds: Math.min(100, inject('attackRounds')),
    cookies: ['finity-refresh', 'finity-device'],
    prepare: aSignedInSuperuser,
    stored: storedRows,
  })

  expect(results.filter(({ fault }) => fault)).toEqual([])
  expect(results.length).toBeGreaterThan(1_000)
}, 1_200_000)
