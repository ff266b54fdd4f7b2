import { expect, inject, test } from 'vitest'
import { aRegisteredAccount, aSessionOf, cookieIn, refresh } from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const account = await aRegisteredAccount(auth)
const races = inject('attackRounds')
const racers = 4

/** Runs the same request several times at once, again and again; returns how many won in each race. */
async function winnersOf(prepare: () => Promise<() => Promise<boolean>>): Promise<number[]> {
  const winners: number[] = []
  for (let race = 0; race < races; race += 1) {
    const run = await prepare()
    const outcomes = await Promise.all(Array.from({ length: racers }, run))
    winners.push(outcomes.filter(Boolean).length)
  }
  return winners
}

const oneEach = Array(races).fill(1)
const patience = 600_000

test(
  'lets one of several uses of a reset link at once win, every time',
  async () => {
    const winners = await winnersOf(async () => {
      const token = await auth.context.links.issue(account.id, 'reset')
      const json = { token, password: account.password }
      return async () => (await auth.send('/auth/reset-password', { json })).status === 200
    })

    expect(winners).toEqual(oneEach)
  },
  patience,
)

test(
  'lets one of several uses of a verification link at once win, every time',
  async () => {
    const winners = await winnersOf(async () => {
      await auth.query('update "user" set is_verified = false where id = $1', account.id)
      const token = await auth.context.links.issue(account.id, 'verify')
      return async () => (await auth.send('/auth/verify', { json: { token } })).status === 200
    })

    expect(winners).toEqual(oneEach)
  },
  patience,
)

test(
  'lets several uses of a refresh token at once end in one branch, every time',
  async () => {
    let { refreshCookie } = await aSessionOf(auth, account)

    const branches: number[] = []
    for (let race = 0; race < races; race += 1) {
      const answers = await Promise.all(Array.from({ length: racers }, () => refresh(auth, refreshCookie)))
      const successors = new Set(answers.map((answer) => cookieIn(answer, 'finity-refresh')))
      branches.push(successors.size)
      refreshCookie = [...successors][0] ?? ''
    }

    expect(branches).toEqual(oneEach)
    expect((await refresh(auth, refreshCookie)).status).toBe(200)
  },
  patience,
)
