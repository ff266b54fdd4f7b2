import type { Answer } from '@finity/kit/testing/send-request.ts'
import { expect, test } from 'vitest'
import { anAddress, aRegisteredAccount, signIn } from './support/accounts.ts'
import { startAuth } from './support/start-auth.ts'

const auth = await startAuth()
const account = await aRegisteredAccount(auth)
const rounds = 200

const actions: Record<string, (email: string) => Promise<Answer>> = {
  'a wrong sign-in': (email) => signIn(auth, { email, password: 'not the password' }),
  'a forgotten password': (email) => auth.send('/auth/forgot-password', { json: { email } }),
}

/** How long it takes for the known address and for unknown ones, in turns, so that noise hits both alike. */
async function measure(action: (email: string) => Promise<Answer>) {
  const known: number[] = []
  const unknown: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const pair = [
      () => time(known, () => action(account.email)),
      () => time(unknown, () => action(anAddress())),
    ]
    for (const run of round % 2 === 0 ? pair : pair.reverse()) await run()
  }
  return { known, unknown }
}

async function time(samples: number[], run: () => Promise<Answer>): Promise<void> {
  const startedAt = performance.now()
  await run()
  samples.push(performance.now() - startedAt)
}

/**
 * The probability that two samples of one distribution differ as much as these: Mann-Whitney's test of ranks, two-sided,
 * by its normal approximation, which holds for samples as large as these.
 */
function probabilityOfSame(some: number[], others: number[]): number {
  const wins = some.reduce((sum, a) => sum + others.filter((b) => a > b).length, 0)
  const mean = (some.length * others.length) / 2
  const deviation = Math.sqrt((some.length * others.length * (some.length + others.length + 1)) / 12)
  const z = Math.abs(wins - mean) / deviation
  return 2 * (1 - normal(z))
}

/** Source: Abramowitz and Stegun, formula 26.2.17; error below 7.5e-8. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const tail =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail
}

test.each(Object.entries(actions))(
  'does not tell by its time whether an address has an account: %s',
  async (_case, action) => {
    await measure(action)

    const { known, unknown } = await measure(action)

    // One time in a thousand chance alone would say otherwise.
    expect(probabilityOfSame(known, unknown)).toBeGreaterThan(0.001)
  },
  120_000,
)
