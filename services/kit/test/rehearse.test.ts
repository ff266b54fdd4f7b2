import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { rehearse } from '../src/process/rehearse.ts'

function anApp(status: number) {
  const asked: string[] = []
  const app: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.writeHead(status).end()
  }
  return { app, asked }
}

test('asks for each request many times', async () => {
  const { app, asked } = anApp(200)

  await rehearse(app, [{ path: '/list' }, { path: '/new', method: 'POST' }])

  expect(asked.length).toBeGreaterThanOrEqual(200)
  expect(new Set(asked)).toEqual(new Set(['GET /list', 'POST /new']))
})

test('ends at the first answer that is none, and lets the service start', async () => {
  const { app, asked } = anApp(503)

  await rehearse(app, [{ path: '/list' }])

  expect(asked).toEqual(['GET /list'])
})
