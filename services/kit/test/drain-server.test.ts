import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createLogger } from '../src/process/create-logger.ts'
import { prepareToDrain } from '../src/process/drain-server.ts'

const options = { drainTimeoutSeconds: 5, drainIdleSeconds: 0, logger: createLogger('test', 'silent') }

/** In a process of its own, since this one is to be busy meanwhile. */
const asker = `
  process.stdout.write('asking\\n')
  await new Promise((resolve) => setTimeout(resolve, 100))
  const answer = await fetch(process.argv[1]).then((response) => response.text(), (error) => error.cause.code)
  process.stdout.write(answer)`

function beBusy(ms: number): void {
  for (const startedAt = performance.now(); performance.now() - startedAt < ms; );
}

test('a request that comes while the process is busy, just before it drains, is answered', async () => {
  const server = createServer((_request, response) => response.end('answered'))
  const drain = prepareToDrain(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = spawn(process.execPath, ['--input-type=module', '--eval', asker, url])
  const said = text(client.stdout)
  await once(client.stdout, 'data')

  beBusy(1_000)
  await drain(options)

  expect(await said).toBe('asking\nanswered')
})
