import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { serveApp } from '@finity/kit/testing/serve-app.ts'
import { afterAll, expect, test } from 'vitest'
import { startApi } from '../support/start-api.ts'

const outcome = { at: '2030-05-20T03:00:09.000Z', seconds: 9.2, error: null }
const status = {
  mode: 'strict',
  commits_wait: false,
  backup: { ...outcome, kind: 'diff', label: '20300519-030000F_20300520-030000D', bytes: 1_200_000_000 },
  media: { ...outcome, files: 42, bytes: 88_000_000, error: 'The folder of media cannot be read.' },
  drill: {
    ...outcome,
    label: '20300519-030000F_20300520-030000D',
    bytes: 1_200_000_000,
    checks: [{ name: 'repository', ok: true, detail: 'whole' }],
  },
  alerts: [{ code: 'STEPPED_DOWN', sentence: 'Commits do not wait.', remedy: 'docker compose logs backup' }],
}

/** What the stand-in for the sidecar does with a request. */
function tell(body: string, code = 200): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(code, { 'content-type': 'application/json' })
    response.end(body)
  }
}

let answer = tell('{}')
const sidecar = await serveApp(({ url }, response) =>
  url === '/status' ? answer(response) : tell('{}', 404)(response),
)
afterAll(sidecar.close)

const api = await startApi({ environment: { BACKUP_URL: sidecar.url } })
const withoutSidecar = await startApi()

async function readBackups({ issuer, send } = api): Promise<unknown> {
  const { body } = await send('/api/system/backups', {
    token: await issuer.sign(randomUUID(), { superuser: true }),
  })
  return body
}

test('tells a superuser all that the sidecar tells', async () => {
  answer = tell(JSON.stringify(status))

  const backups = await readBackups()

  expect(backups).toEqual({ state: 'known', status })
})

test('tells what a sidecar knows that has done nothing yet', async () => {
  const nothing = { mode: 'async', commits_wait: null, backup: null, media: null, drill: null, alerts: [] }
  answer = tell(JSON.stringify(nothing))

  const backups = await readBackups()

  expect(backups).toEqual({ state: 'known', status: nothing })
})

test('tells that there is no sidecar here', async () => {
  const backups = await readBackups(withoutSidecar)

  expect(backups).toEqual({ state: 'absent' })
})

test('tells that the sidecar cannot be reached', async () => {
  answer = (response) => void response.destroy()

  const backups = await readBackups()

  expect(backups).toEqual({ state: 'unreachable' })
})

test('waits for no sidecar that does not end its answer', async () => {
  answer = (response) => void response.writeHead(200).write('{')

  const backups = await readBackups()

  expect(backups).toEqual({ state: 'unreachable' })
})

test.each([
  ['an error', tell('{"title":"Internal Server Error","status":500}', 500)],
  ['no JSON', tell('<html>')],
  ['an answer without its alerts', tell(JSON.stringify({ ...status, alerts: undefined }))],
  ['an answer of another release', tell(JSON.stringify({ ...status, mode: 'lazy' }))],
])('tells that the sidecar gives %s', async (_fault, given) => {
  answer = given

  const backups = await readBackups()

  expect(backups).toEqual({ state: 'failing' })
})
