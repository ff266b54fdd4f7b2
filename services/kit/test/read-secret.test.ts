import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { readEnv } from '../src/env/read-env.ts'
import { derive, readSecret } from '../src/env/read-secret.ts'

const folder = mkdtempSync(join(tmpdir(), 'finity-secrets-'))
const file = join(folder, 'secret')
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => void vi.useRealTimers())

/** A secret in a file, and a clock that stands. */
function aSecretWith(content: string) {
  vi.useFakeTimers({ toFake: ['performance'] })
  writeFileSync(file, content)
  return readEnv({ SECRET_FILE: file }, (env) => readSecret(env, 'SECRET', { isProduction: false }))
}

test('takes a line for a secret, the newest first', () => {
  const secret = aSecretWith('the new one\nthe one before\n')

  expect(secret()).toEqual(['the new one', 'the one before'])
})

test('sees within a second that its file was written anew', () => {
  const secret = aSecretWith('before')
  writeFileSync(file, 'after\nbefore')

  vi.advanceTimersByTime(1_000)

  expect(secret()).toEqual(['after', 'before'])
})

test('keeps what it knows while its file is empty, as one is that is being written', () => {
  const secret = aSecretWith('before')
  writeFileSync(file, '')

  vi.advanceTimersByTime(1_000)

  expect(secret()).toEqual(['before'])
})

test('derives anew what was derived from a secret that changed', () => {
  const lengths = derive(aSecretWith('four'), (value) => value.length)
  const before = lengths()
  writeFileSync(file, 'six!!!\nfour')

  vi.advanceTimersByTime(1_000)

  expect([before, lengths()]).toEqual([[4], [6, 4]])
})

test('refuses a weak one in production', () => {
  const read = () => readEnv({ SECRET: 'weak' }, (env) => readSecret(env, 'SECRET', { isProduction: true }))

  expect(read).toThrow('SECRET: must have at least 32 characters')
})
