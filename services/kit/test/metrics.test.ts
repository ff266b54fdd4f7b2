import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineRoute } from '../src/http/define-route.ts'
import { answerScrapes } from '../src/metrics/answer-scrapes.ts'
import { createMetrics } from '../src/metrics/create-metrics.ts'
import { sendRequest } from '../testing/send-request.ts'
import { serveApp } from '../testing/serve-app.ts'
import { serveRoutes } from './support/serve-routes.ts'

const read = defineRoute({
  method: 'get',
  path: '/things/{id}',
  operationId: 'readThing',
  summary: 'A thing',
  tag: 'test',
  params: z.object({ id: z.string() }),
  answers: { 204: { description: 'Nothing' } },
  handler: async () => ({ status: 204 }),
})

test('measures requests by declared path, so that no client can add a time series', async () => {
  const { send, metrics } = await serveRoutes([read])

  for (const path of ['/things/1', '/things/2', '/things?x=1', '/nowhere']) await send(path)

  const count = 'http_server_request_duration_seconds_count'
  await expect
    .poll(async () => (await metrics.print()).match(new RegExp(`^${count}.*`, 'gm')))
    .toEqual([
      `${count}{service="test",method="GET",route="/things/{id}",status="204"} 2`,
      `${count}{service="test",method="GET",route="none",status="404"} 2`,
    ])
})

test('tells how its process is', async () => {
  const text = await createMetrics('test').print()

  for (const name of [
    'nodejs_eventloop_lag_p99_seconds',
    'process_resident_memory_bytes',
    'nodejs_gc_duration',
  ])
    expect(text).toContain(name)
})

test('reads a watched value at each scrape, and leaves out one that cannot be read', async () => {
  const metrics = createMetrics('test')
  let waiting = 1
  metrics.watch({ name: 'waiting', help: 'Tasks that wait', read: () => waiting })
  metrics.watch({ name: 'broken', help: 'Nobody knows', read: () => Promise.reject(new Error('away')) })

  const before = await metrics.print()
  waiting = 2
  const after = await metrics.print()

  expect([before, after].map((text) => text.match(/^(waiting|broken)\{.*/gm))).toEqual([
    ['waiting{service="test"} 1'],
    ['waiting{service="test"} 2'],
  ])
})

test('reads a value for each combination of labels, and forgets one that is no longer told', async () => {
  const metrics = createMetrics('test')
  let readings = [
    { labels: { kind: 'a' }, value: 1 },
    { labels: { kind: 'b' }, value: 2 },
  ]
  metrics.watch({ name: 'jobs', help: 'By kind', labelNames: ['kind'], read: () => readings })

  const before = await metrics.print()
  readings = [{ labels: { kind: 'b' }, value: 3 }]
  const after = await metrics.print()

  expect([before, after].map((text) => text.match(/^jobs\{.*/gm))).toEqual([
    ['jobs{kind="a",service="test"} 1', 'jobs{kind="b",service="test"} 2'],
    ['jobs{kind="b",service="test"} 3'],
  ])
})

test.each([
  ['GET', '/metrics', 200],
  ['POST', '/metrics', 404],
  ['GET', '/metrics/x', 404],
  ['GET', '/', 404],
])('answers %s %s with %i', async (method, path, status) => {
  const served = await serveApp(answerScrapes(createMetrics('test')))

  const answer = await sendRequest(served.url + path, { method })
  await served.close()

  expect(answer.status).toBe(status)
  expect(String(answer.body).includes('process_cpu_seconds_total')).toBe(status === 200)
})
