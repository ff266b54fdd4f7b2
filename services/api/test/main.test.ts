import { openSocket } from '@finity/kit/testing/open-socket.ts'
import { startProcess } from '@finity/kit/testing/start-process.ts'
import { expect, test } from 'vitest'

const main = new URL('../src/main.ts', import.meta.url).pathname
const nobody = '127.0.0.1:1'
const environment = {
  DATABASE_URL: `postgresql://app@${nobody}/x`,
  JWKS_URL: `http://${nobody}/`,
  HOST: '127.0.0.1',
  PORT: '0',
  METRICS_PORT: '0',
}

async function aRunningService() {
  const service = startProcess(main, environment)
  const { port, metricsPort } = JSON.parse(await service.says('"listening"')) as Record<string, number>
  return { ...service, port, metricsPort }
}

test('tells its metrics on a port of their own, and not to its users', async () => {
  const service = await aRunningService()
  await fetch(`http://127.0.0.1:${service.port}/health`)

  const scraped = await fetch(`http://127.0.0.1:${service.metricsPort}/metrics`)
  const refused = await fetch(`http://127.0.0.1:${service.port}/metrics`)
  service.signal('SIGKILL')

  expect(await scraped.text()).toMatch(/^http_server_request_duration_seconds_count\{.*"\/health".* 1$/m)
  expect(refused.status).toBe(404)
})

test.each<['PORT' | 'METRICS_PORT', 'port' | 'metricsPort']>([
  ['PORT', 'port'],
  ['METRICS_PORT', 'metricsPort'],
])('says in one sentence that its %s is taken, and ends', async (name, port) => {
  const first = await aRunningService()

  const second = startProcess(main, { ...environment, [name]: String(first[port]) })

  expect(await second.exitCode).toBe(1)
  expect(second.output()).toContain(`cannot listen on port ${first[port]}: another process uses this port`)
  first.signal('SIGKILL')
})

test('stops although somebody keeps a connection for metrics open', async () => {
  const service = await aRunningService()
  const scraper = await openSocket(Number(service.metricsPort))
  scraper.send('GET /metrics HTTP/1.1\r\nHost: api\r\n\r\n')
  await fetch(`http://127.0.0.1:${service.metricsPort}/metrics`)

  service.signal('SIGTERM')

  expect(await service.exitCode).toBe(0)
  expect(await scraper.received).toContain('HTTP/1.1 200 OK')
})
