import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { send } from './support/edge.ts'
import { compose, containers, docker, until } from './support/stack.ts'

const idOf = (service: string) => containers('prod').get(service)?.Name.slice(1) ?? ''

/** The lines of a container's log that belong to a request. */
async function linesAbout(requestId: string, service: string): Promise<Record<string, unknown>[]> {
  let lines: string[] = []
  await until(async () => {
    lines = docker('logs', idOf(service))
      .split('\n')
      .filter((line) => line.includes(requestId))
    return lines.length > 0
  })
  return lines.map((line) => JSON.parse(line))
}

describe('a request', () => {
  test('has one id, in the answer and in every log', async () => {
    const id = randomUUID()

    const { headers } = await send('/api/documents', { headers: { 'x-request-id': id } })

    expect(headers['x-request-id']).toBe(id)
    const lines = [...(await linesAbout(id, 'web')), ...(await linesAbout(id, 'api'))]
    expect(lines.map(({ service, requestId }) => [service, requestId])).toEqual([
      ['web', id],
      ['api', id],
    ])
  })

  test.each([
    ['is short', 'x'],
    ['would break a log', 'a"} {"b":"cdefgh'],
    ['comes twice', ['first-request-id', 'second-request-id']],
  ])('gets another id when its own %s', async (_, given) => {
    const { headers } = await send('/settings.json', { headers: { 'x-request-id': given } })

    expect(headers['x-request-id']).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
  })

  test('comes from where it comes from, whatever it says of that', async () => {
    const honest = randomUUID()
    const forged = randomUUID()
    const lies = { 'x-forwarded-for': '6.6.6.6', 'x-real-ip': '6.6.6.6', forwarded: 'for=6.6.6.6' }

    await send('/api/documents', { headers: { 'x-request-id': honest } })
    await send('/api/documents', { headers: { 'x-request-id': forged, ...lies } })

    const [first] = await linesAbout(honest, 'api')
    const [second] = await linesAbout(forged, 'api')
    expect(second?.clientAddress).toBe(first?.clientAddress)
  })

  test('leaves no cookie, token or query in the log', async () => {
    const id = randomUUID()
    const headers = {
      'x-request-id': id,
      cookie: 'refresh=word-that-opens',
      authorization: 'Bearer word-that-opens',
      referer: 'https://localhost/reset-password?token=word-that-opens',
    }

    await send('/api/documents?signature=word-that-opens', { headers })

    const [line] = await linesAbout(id, 'web')
    expect(line).toMatchObject({ msg: 'handled request', status: 401, request: { uri: '/api/documents' } })
    expect(JSON.stringify(line)).not.toContain('word-that-opens')
  })
})

test('a request waits for a service that has no container for a moment', async () => {
  compose('prod', 'stop', 'auth')

  const [{ status }] = await Promise.all([
    send('/auth/refresh', { method: 'POST' }),
    startLater(idOf('auth')),
  ])

  expect(status).toBe(401)
})

const startLater = (container: string) => promisify(execFile)('docker', ['start', container])
