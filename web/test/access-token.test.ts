import { expect, test } from 'vitest'
import { isExpiring, readAccessToken } from '../src/lib/access-token.ts'

const ARRIVAL = Date.parse('2030-05-20T12:00:00Z')

function aToken(lifetimeSeconds: number, claims: object = {}): string {
  const payload = { sub: 'account-1', iat: 1_000_000, exp: 1_000_000 + lifetimeSeconds, ...claims }
  return `header.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.signature`
}

test('knows whose token it is', () => {
  expect(readAccessToken(aToken(900), ARRIVAL).accountId).toBe('account-1')
})

test('reads claims that need the letters of base64url', () => {
  expect(readAccessToken(aToken(900, { note: '>>>???' }), ARRIVAL).accountId).toBe('account-1')
})

test.each([
  [900, 0, false],
  [900, 869, false],
  [900, 870, true],
  [900, 5000, true],
  [20, 9, false],
  [20, 10, true],
])('a token for %d seconds is renewed after %d: %s', (lifetimeSeconds, ageSeconds, expected) => {
  const token = readAccessToken(aToken(lifetimeSeconds), ARRIVAL)
  expect(isExpiring(token, ARRIVAL + ageSeconds * 1000)).toBe(expected)
})
