import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { composeNews, tellAlerts } from '../src/alerts/tell-alerts.ts'
import type { Context } from '../src/context.ts'

/** It takes every mail. */
const mailServer = createTcpServer((socket) => {
  socket.write('220 ready\r\n')
  socket.on('data', (said) => socket.write(/^DATA/.test(`${said}`) ? '354 go on\r\n' : '250 well\r\n'))
})
const webhook = createServer((_, response) => response.writeHead(500).end())

async function portOf(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

const [mailPort, webhookPort] = [await portOf(mailServer), await portOf(webhook)]
afterAll(() => {
  mailServer.close()
  webhook.close()
})

function tell(address: string | null) {
  const complaints: unknown[] = []
  const mail = { host: '127.0.0.1', port: mailPort, user: null, security: 'none', from: 'finity@localhost' }
  const recipients = { address, webhook: `http://127.0.0.1:${webhookPort}` }
  const context = {
    config: { mail, recipients },
    secrets: { smtpPassword: null },
    logger: { error: (error: unknown) => complaints.push(error) },
  } as unknown as Context
  return tellAlerts(context, composeNews([], ['DRILL_OLD'], [])).then(() => complaints)
}

test('what one way has taken is not told again because another does not take it', async () => {
  expect(await tell('operator@example.com')).toHaveLength(1)
})

test('what no way has taken is told again', async () => {
  await expect(tell(null)).rejects.toThrow('the webhook answered 500')
})
