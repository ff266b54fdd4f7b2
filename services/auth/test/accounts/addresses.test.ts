import { expect, test } from 'vitest'
import { normalizeAddress } from '../../src/accounts/normalize-address.ts'

/** What pydantic's EmailStr makes of the same addresses (email-validator 2.2.0). */
test.each([
  ['Ada.Case@EXAMPLE.Com', 'Ada.Case@example.com'],
  ["o'neil+tag@mail.example.co.uk", "o'neil+tag@mail.example.co.uk"],
  ['a@bücher.ch', 'a@bücher.ch'],
  ['a@xn--bcher-kva.ch', 'a@bücher.ch'],
  ['почта@пример.рф', 'почта@пример.рф'],
  ['用户@例え.jp', '用户@例え.jp'],
  ['a@example.c', 'a@example.c'],
])('takes %s and writes %s', (text, address) => {
  expect(normalizeAddress(text)).toBe(address)
})

test.each([
  '',
  'a',
  '@example.com',
  'a@',
  'a@host',
  'a@@example.com',
  'a b@example.com',
  '.a@example.com',
  'a.@example.com',
  'a..b@example.com',
  '"a b"@example.com',
  'a@[127.0.0.1]',
  'a@127.0.0.1',
  'a@-example.com',
  'a@example-.com',
  'a@example.com-',
  'a@example.123',
  'a@ab--cd.com',
  'a@exam_ple.com',
  'a@example.com/path',
  'a@example.com\r\nBcc: b@example.com',
  `${'a'.repeat(65)}@example.com`,
  `a@${'b'.repeat(64)}.com`,
  `a@${`${'b'.repeat(50)}.`.repeat(5)}com`,
])('refuses %j', (text) => {
  expect(normalizeAddress(text)).toBeNull()
})
