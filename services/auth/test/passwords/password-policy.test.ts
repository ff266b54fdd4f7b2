import { dictionary } from '@zxcvbn-ts/language-common'
import { expect, test } from 'vitest'
import { passwordFault } from '../../src/passwords/password-policy.ts'

const longEnough = dictionary['passwords-common'].filter((password) => password.length >= 8)

test('refuses the 3,000 most common passwords that are long enough, in any case', () => {
  const common = longEnough.slice(0, 3_000)

  const taken = common
    .flatMap((password) => [password, password.toUpperCase()])
    .filter((password) => passwordFault(password, 'ada@example.com') === null)

  expect(common).toHaveLength(3_000)
  expect(taken).toEqual([])
})

test('takes a password that holds the name of this service and five characters more', () => {
  expect(passwordFault('finity-more', 'ada@example.com')).toBeNull()
  expect(passwordFault('finity-mor', 'ada@example.com')).not.toBeNull()
})
