import { Unauthorized } from '@finity/kit/http/http-errors.ts'
import { readBearerToken } from '@finity/kit/http/read-bearer-token.ts'
import { expect, inject, test } from 'vitest'
import { verifyOwnToken } from '../../src/tokens/verify-own-token.ts'
import { aRegisteredAccount, aTokenOf } from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const good = await aTokenOf(auth, await aRegisteredAccount(auth))
const other = await aTokenOf(auth, await aRegisteredAccount(auth))
const tokens = inject('attackRounds') * 100

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Mulberry32: the same mutations at every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

const random = createRandom(20_261_123)
const parts = (token: string) => token.split('.') as [string, string, string]
const decode = (part: string) =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const oneOf = <T>(choices: T[]) => choices[random(choices.length)] as T

function splice(text: string, removed: number, added: string): string {
  const at = random(text.length)
  return text.slice(0, at) + added + text.slice(at + removed)
}

const mutations: (() => string)[] = [
  () => splice(good, 1, oneOf([...alphabet])),
  () => splice(good, 0, oneOf([...alphabet])),
  () => splice(good, 1, ''),
  () => good.slice(0, -1) + oneOf([...alphabet]),
  () => good.slice(0, random(good.length)),
  () => `${good}${oneOf([...alphabet, '.', '='])}`,
  () =>
    parts(good)
      .map((part, index) => (random(2) ? part : parts(other)[index]))
      .join('.'),
  () => {
    const [header, claims, signature] = parts(good)
    const change = {
      [oneOf(['sub', 'sid', 'exp', 'aud', 'iss', 'jti', 'admin'])]: oneOf([1e12, 'x', null, [], {}, true]),
    }
    return `${header}.${encode({ ...decode(claims), ...change })}.${signature}`
  },
  () => {
    const [header, claims, signature] = parts(good)
    const change = oneOf<Record<string, unknown>>([
      { alg: oneOf(['none', 'None', 'HS256', 'RS256', 'ES256', 'EdDSA ', '']) },
      { kid: oneOf(['', '../../dev/null', "' or 1=1", parts(other)[2]]) },
      { typ: oneOf(['JWT', 'refresh+jwt', '']) },
      { crit: ['exp'] },
      { jku: 'https://example.com/keys' },
      { jwk: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) } },
      { b64: false },
    ])
    return `${encode({ ...decode(header), ...change })}.${claims}.${oneOf([signature, '', 'AA'])}`
  },
]

async function isAccepted(token: string): Promise<boolean> {
  try {
    await verifyOwnToken(auth.context, readBearerToken(`Bearer ${token}`))
    return true
  } catch (error) {
    if (error instanceof Unauthorized) return false
    throw error
  }
}

test('accepts no token that was changed, and refuses each in the same way', async () => {
  const accepted: string[] = []
  for (let count = 0; count < tokens; count += 1) {
    const token = oneOf(mutations)()
    const isGood = token === good || token === other
    if (!isGood && (await isAccepted(token))) accepted.push(token)
  }

  expect(await isAccepted(good)).toBe(true)
  expect(accepted).toEqual([])
}, 600_000)
