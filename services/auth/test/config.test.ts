import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { testSecrets } from './support/start-auth.ts'

const needed = { ...testSecrets, DATABASE_URL: 'postgresql://app:a-private-password@db:5432/x' }

test('needs no more than a database and three secrets', () => {
  const { config, secrets } = readConfig(needed)

  expect(config).toMatchObject({ answers: 'contract', accessTokenLifetimeSeconds: 900, mail: { host: null } })
  expect(secrets).toMatchObject({ redisUrl: null, smtpPassword: null })
})

test('puts the password of Redis into its URL, whatever it holds', () => {
  const { secrets } = readConfig({
    ...needed,
    REDIS_URL: 'redis://redis:6379',
    REDIS_PASSWORD: 'p@ss:w/o#r?d%',
  })

  expect(decodeURIComponent(new URL(secrets.redisUrl ?? '').password)).toBe('p@ss:w/o#r?d%')
})

test.each([
  [{}, 'starttls', 587],
  [{ SMTP_TLS: 'False' }, 'none', 587],
  [{ SMTP_SSL: 'True' }, 'tls', 465],
  [{ SMTP_SSL: 'true', SMTP_PORT: '2525' }, 'tls', 2525],
])('reads %o as FastAPI projects mean it', (environment, security, port) => {
  const { config } = readConfig({ ...needed, SMTP_HOST: 'mail', ...environment })

  expect(config.mail).toMatchObject({ security, port })
})

test('takes the origins of a FastAPI project', () => {
  const origins = '["https://a.example.com", "https://b.example.com/"]'

  const { config } = readConfig({ ...needed, BACKEND_CORS_ORIGINS: origins })

  expect(config.corsOrigins).toEqual(['https://a.example.com', 'https://b.example.com'])
})

test('writes links without a slash too many', () => {
  const { config } = readConfig({ ...needed, FRONTEND_URL: 'https://app.example.com/' })

  expect(config.frontendUrl).toBe('https://app.example.com')
})

test.each(Object.keys(testSecrets))('takes %s of 32 characters in production, and not of 31', (name) => {
  const inProduction = (length: number) => () =>
    readConfig({ ...needed, NODE_ENV: 'production', [name]: 'x'.repeat(length) })

  expect(inProduction(31)).toThrow(`${name}: must have at least 32 characters`)
  expect(inProduction(32)).not.toThrow()
})

test.each([
  ['REFRESH_REUSE_SECONDS', 60],
  ['ACCESS_TOKEN_LIFETIME_SECONDS', 86_400],
  ['SESSION_IDLE_SECONDS', 365 * 86_400],
  ['SESSION_LIFETIME_SECONDS', 365 * 86_400],
  ['VERIFY_LINK_LIFETIME_SECONDS', 7 * 86_400],
  ['RESET_LINK_LIFETIME_SECONDS', 86_400],
])('takes no %s above %s', (name, longest) => {
  expect(() => readConfig({ ...needed, [name]: `${longest}` })).not.toThrow()
  expect(() => readConfig({ ...needed, [name]: `${longest + 1}` })).toThrow(`${name}: `)
})
