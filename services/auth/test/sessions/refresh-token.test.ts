import { expect, test } from 'vitest'
import {
  newRefreshToken,
  newSalt,
  readRefreshToken,
  successorOf,
  writeRefreshToken,
} from '../../src/sessions/refresh-token.ts'

test('makes no refresh token twice, and each of 384 random bits', () => {
  const tokens = Array.from({ length: 1_000 }, newRefreshToken)

  const halves = tokens.flatMap(({ series, secret }) => [series.toString('hex'), secret.toString('hex')])
  expect(new Set(halves).size).toBe(2_000)
  expect(new Set(tokens.map(({ series, secret }) => series.length + secret.length))).toEqual(new Set([48]))
})

test('derives a successor from the token and the salt, so that what is stored gives none away', () => {
  const [token, other, salt] = [newRefreshToken(), newRefreshToken(), newSalt()]

  const successor = successorOf(token, salt).secret

  expect(successorOf(token, salt).secret).toEqual(successor)
  expect(successorOf(other, salt).secret).not.toEqual(successor)
  expect(successorOf(token, newSalt()).secret).not.toEqual(successor)
})

test.each([
  ['before', (token: string) => `x${token}`],
  ['after', (token: string) => `${token}x`],
])('takes no token with something %s it', (_case, change) => {
  const text = writeRefreshToken(newRefreshToken())

  expect(readRefreshToken(text)).not.toBeNull()
  expect(readRefreshToken(change(text))).toBeNull()
})
