import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { poolSettings, readDatabaseAccess, readDatabaseUrl } from '../src/database/connect-database.ts'
import { ConfigInvalid, type Environment, type EnvReader, readEnv } from '../src/env/read-env.ts'
import { readOrigins } from '../src/env/read-origins.ts'
import { requireStrongSecret } from '../src/env/secret-rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'finity-env-'))
afterAll(() => rmSync(folder, { recursive: true }))

function aSecretFile(content: string): string {
  const file = join(folder, 'secret')
  writeFileSync(file, content)
  return file
}

function faultsOf(environment: Environment, read: (env: EnvReader) => unknown): string[] {
  try {
    readEnv(environment, read)
    return []
  } catch (error) {
    return (error as ConfigInvalid).faults.map(({ name, problem }) => `${name} ${problem}`)
  }
}

test('reads a value from a file, without the newline that an editor adds', () => {
  const secret = readEnv({ SECRET_FILE: aSecretFile(' s3cret \n') }, (env) => env.text('SECRET'))

  expect(secret).toBe(' s3cret ')
})

test('refuses a value that is given twice', () => {
  const faults = faultsOf({ SECRET: 'a', SECRET_FILE: aSecretFile('b') }, (env) => env.text('SECRET'))

  expect(faults[0]).toMatch(/SECRET is set twice, as SECRET and as SECRET_FILE/)
})

test('names the variable of a file that cannot be read', () => {
  const faults = faultsOf({ SECRET_FILE: '/nowhere/secret' }, (env) => env.text('SECRET'))

  expect(faults[0]).toMatch(/SECRET_FILE names a file that cannot be read \(ENOENT\)/)
})

test('takes an empty value for one that is not set', () => {
  const port = readEnv({ PORT: '' }, (env) => env.integer('PORT', { default: 8000, min: 0, max: 65_535 }))

  expect(port).toBe(8000)
})

test('lists all faults at once, each with an example', () => {
  const read = (env: EnvReader) => {
    env.text('NAME', { example: 'ada' })
    env.integer('PORT', { min: 1, max: 9 })
    env.url('SITE', ['https:'], { example: 'https://example.com' })
    env.choice('LEVEL', ['low', 'high'])
  }

  const faults = () => readEnv({ PORT: '12', SITE: 'ftp://x', LEVEL: 'mid' }, read)

  expect(faults).toThrow(ConfigInvalid)
  expect(faults).toThrow(/NAME: is not set, for example NAME=ada\n.*PORT: .*\n.*SITE: .*\n.*LEVEL: /)
})

test.each([
  'p@ss:w/o#r?d%20',
  'пароль',
  ' leading and trailing ',
  '%',
  '"\'$\\',
])('connects with the password %s exactly', (password) => {
  const environment = { DATABASE_URL: 'postgresql://app:old@db:5432/x', DATABASE_PASSWORD: password }

  const access = readEnv(environment, (env) => readDatabaseAccess(env, false))

  const { connectionString } = poolSettings(access, 'test')
  expect(decodeURIComponent(new URL(String(connectionString)).password)).toBe(password)
})

test('reads a password that comes as a file anew for each connection', () => {
  const environment = {
    DATABASE_URL: 'postgresql://app@db:5433/x',
    DATABASE_PASSWORD_FILE: aSecretFile('the first\n'),
  }
  const access = readEnv(environment, (env) => readDatabaseAccess(env, false))

  aSecretFile('the next')

  const { password, ...rest } = poolSettings(access, 'test')
  expect((password as () => string)()).toBe('the next')
  expect(rest).toMatchObject({ host: 'db', port: 5433, user: 'app', database: 'x' })
  expect(rest).not.toHaveProperty('connectionString')
})

test.each([
  'asyncpg',
  'psycopg',
])('takes a database URL with the driver %s in it, as SQLAlchemy writes it', (driver) => {
  const environment = { DATABASE_URL: `postgresql+${driver}://app:secret@db:5432/x` }

  const url = readEnv(environment, (env) => readDatabaseUrl(env, false))

  expect(url).toBe('postgresql://app:secret@db:5432/x')
})

test.each([
  ['the known one', { DATABASE_PASSWORD: 'development-only-password' }],
  ['none', {}],
])('refuses to use %s as database password in production', (_case, password) => {
  const environment = { DATABASE_URL: 'postgresql://app@db:5432/x', ...password }

  const faults = faultsOf(environment, (env) => readDatabaseUrl(env, true))

  expect(faults[0]).toMatch(/DATABASE_PASSWORD is .*: set DATABASE_PASSWORD or DATABASE_PASSWORD_FILE/)
})

test.each(['short', 'development-only-secret-that-is-long-enough'])('refuses the secret %s', (secret) => {
  const faults = faultsOf({}, (env) => requireStrongSecret(env, 'SECRET', secret, 32))

  expect(faults[0]).toMatch(/SECRET .*openssl rand/)
})

test.each([
  ['https://a.example, http://localhost:3000/', ['https://a.example', 'http://localhost:3000']],
  ['["https://a.example","https://b.example"]', ['https://a.example', 'https://b.example']],
  ['', []],
])('reads the origins %s', (value, origins) => {
  expect(readEnv({ ORIGINS: value }, (env) => readOrigins(env, 'ORIGINS'))).toEqual(origins)
})

test.each(['*', 'a.example', 'https://a.example/path', 'null'])('refuses the origin %s', (value) => {
  expect(faultsOf({ ORIGINS: value }, (env) => readOrigins(env, 'ORIGINS'))).toHaveLength(1)
})
