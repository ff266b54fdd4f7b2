import { expect, test } from 'vitest'
import { docsRoutes } from '../src/http/docs-routes.ts'
import { serveRoutes } from './support/serve-routes.ts'

const { send } = await serveRoutes(
  docsRoutes({ path: '/docs', title: 'Things', openApiPath: '/openapi.json' }),
)

test('shows a page that fetches nothing from elsewhere', async () => {
  const page = await send('/docs')

  const files = [...String(page.body).matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '')
  const answers = await Promise.all(files.filter((file) => file.startsWith('/')).map((file) => send(file)))
  expect(files).toEqual(['data:,', '/docs/swagger-ui.css', '/docs/swagger-ui-bundle.js', '/docs/start.js'])
  expect(answers.map(({ headers }) => headers.get('content-type'))).toEqual([
    'text/css; charset=utf-8',
    'text/javascript; charset=utf-8',
    'text/javascript; charset=utf-8',
  ])
  expect(answers.at(-1)?.body).toContain('"url":"/openapi.json"')
})

test('lets the page run its own scripts only, and be framed by nobody', async () => {
  const { headers } = await send('/docs')

  const policy = headers.get('content-security-policy')
  expect(policy).toContain("default-src 'none'; base-uri 'none'; script-src 'self'; style-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
})

test.each([
  ['gzip, br', 'gzip'],
  ['br, gzip;q=0', null],
  ['identity', null],
])('gives the same file to a client that takes %s', async (accepted, encoding) => {
  const { headers, body } = await send('/docs/swagger-ui.css', { headers: { 'accept-encoding': accepted } })

  expect(headers.get('content-encoding')).toBe(encoding)
  expect(headers.get('vary')).toBe('Accept-Encoding')
  expect(String(body)).toContain('.swagger-ui')
})

test('sends an unchanged file once', async () => {
  const { headers } = await send('/docs/swagger-ui.css')

  // As a browser asks; by itself, fetch would refuse an answer from any cache.
  const condition = { 'if-none-match': String(headers.get('etag')), 'cache-control': 'max-age=0' }
  const { status } = await send('/docs/swagger-ui.css', { headers: condition })

  expect(status).toBe(304)
})
