import { expect, test } from 'vitest'
import { findFaults, readRefusedFields } from '../src/features/account/credentials.ts'
import { HttpFailure } from '../src/lib/failures.ts'
import { readProblem } from '../src/lib/problem.ts'

function refusal(detail: unknown): HttpFailure {
  return new HttpFailure(readProblem(400, { detail }, null), null)
}

test.each([
  ['Password should be at least 8 characters', 'Use at least 8 characters.'],
  ['Password should be at most 128 characters', 'Use at most 128 characters.'],
  ['Password is too common', 'Many people use this password, so it is guessed first. Choose another one.'],
  [
    'Password is too like the e-mail address or the name of this service',
    'This is too like your e-mail address or our name. Choose another one.',
  ],
  ['Something new', 'This password cannot be used. Choose another one.'],
])('says in own words why a password is refused: %s', (reason, words) => {
  for (const service of ['REGISTER', 'RESET_PASSWORD', 'UPDATE_USER']) {
    const code = `${service}_INVALID_PASSWORD`
    expect(readRefusedFields(refusal({ code, reason }))).toEqual({ password: words })
  }
})

test('a new password has 8 to 128 characters, whatever they are made of', () => {
  const fault = (password: string) => findFaults({ email: '', password }, { password: 'new' }).password
  expect(fault('1234567')).toBe('Use at least 8 characters.')
  expect(fault('🔑'.repeat(7))).toBe('Use at least 8 characters.')
  expect(fault('🔑'.repeat(128))).toBeUndefined()
  expect(fault('x'.repeat(129))).toBe('Use at most 128 characters.')
})

test('a form is not asked about fields that it does not have', () => {
  expect(findFaults({ email: '', password: '' }, { email: true })).toEqual({
    email: 'Enter your e-mail address.',
  })
  expect(findFaults({ email: '', password: '' }, { password: 'current' })).toEqual({
    password: 'Enter your password.',
  })
})

test('a change without the current password, or with a wrong one, says so at its field', () => {
  const credentials = { email: '', currentPassword: '', password: 'correct horse' }
  expect(findFaults(credentials, { currentPassword: true, password: 'new' })).toEqual({
    currentPassword: 'Enter your current password.',
  })
  expect(readRefusedFields(refusal('UPDATE_USER_BAD_CURRENT_PASSWORD'))).toEqual({
    currentPassword: 'This is not your current password.',
  })
})
