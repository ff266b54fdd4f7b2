import { mkdirSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:https'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addressOf,
  certificateFor,
  composeEdge,
  idInEdge,
  removeEdge,
  replaceEdge,
  send,
  startEdge,
} from './support/edge.ts'
import { gradeTls } from './support/grade-tls.ts'
import { issuedBy, type Pebble, startPebble } from './support/pebble.ts'
import { docker, folder, readFile, until } from './support/stack.ts'

const shop = { SITE_ADDRESS: 'shop.example.test' }
/** What testssl.sh notes of any Caddy, and of a certificate of Pebble's. */
const harmless = {
  FS_TLS12_sig_algs: 'Go offers SHA-1 last; who takes it has nothing better',
  TLS_session_ticket: 'a ticket may be used for a week; its key lives for two days',
  cert_revocation: 'the certificates of Pebble name no CRL',
  DNS_CAArecord: 'there is no DNS here',
  BREACH:
    'the app is compressed, which has nothing secret in it; answers of services go to who sends a token in a header, which no other site can',
}
let gate = ''
let pebble: Pebble

beforeAll(async () => {
  composeEdge({}, [], 'up', '--detach', '--wait', '--no-deps', 'gate')
  gate = addressOf(idInEdge('gate'))
  pebble = await startPebble({
    name: 'acme',
    edge: gate,
    hosts: [shop.SITE_ADDRESS],
    validitySeconds: 90 * 86_400,
  })
})

afterAll(removeEdge)

test('the edge gets the certificate of a public name from the ACME server', async () => {
  startEdge({ ...shop, ...pebble.settings })

  const { isTrusted } = await certificateFor(shop.SITE_ADDRESS, gate, pebble.root)

  expect(isTrusted).toBe(true)
})

test('the TLS of the edge is graded A+ by testssl.sh', async () => {
  startEdge({ ...shop, ...pebble.settings })
  await certificateFor(shop.SITE_ADDRESS, gate, pebble.root)

  const findings = gradeTls(shop.SITE_ADDRESS, gate, pebble.root)

  const weak = findings.filter(({ severity }) => ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'].includes(severity))
  expect(findings.find(({ id }) => id === 'overall_grade')?.finding).toBe('A+')
  expect(weak.filter(({ id }) => !(id in harmless))).toEqual([])
}, 300_000)

test('a new edge asks for no new certificate', async () => {
  startEdge({ ...shop, ...pebble.settings })
  const before = await certificateFor(shop.SITE_ADDRESS, gate, pebble.root)
  const issued = issuedBy(pebble)

  replaceEdge({ ...shop, ...pebble.settings })

  expect(await certificateFor(shop.SITE_ADDRESS, gate, pebble.root)).toEqual(before)
  expect(issuedBy(pebble)).toBe(issued)
})

test('an edge that starts while the ACME server is away serves with the certificate that it has', async () => {
  startEdge({ ...shop, ...pebble.settings })
  const before = await certificateFor(shop.SITE_ADDRESS, gate, pebble.root)
  docker('pause', pebble.container)

  replaceEdge({ ...shop, ...pebble.settings })

  const after = await certificateFor(shop.SITE_ADDRESS, gate, pebble.root).finally(() =>
    docker('unpause', pebble.container),
  )
  expect(after).toEqual(before)
})

test('an edge that gets no certificate stays up and says in its log why', async () => {
  const away = { SITE_ADDRESS: 'new.example.test', ACME_DIRECTORY: 'https://nobody.example.test/dir' }

  startEdge(away)

  await until(async () => docker('logs', idInEdge('web')).includes('lookup nobody.example.test'))
  expect((await send(`http://${gate}/a?b`, { headers: { host: away.SITE_ADDRESS } })).headers.location).toBe(
    'https://new.example.test/a?b',
  )
})

test('the edge renews its certificate in time, and no request notices', async () => {
  const name = 'renewed.example.test'
  const brief = await startPebble({ name: 'brief', edge: gate, hosts: [name], validitySeconds: 30 })
  startEdge({ SITE_ADDRESS: name, ...brief.settings }, [lookOften()])
  const before = await certificateFor(name, gate, brief.root)
  const agent = new Agent({ keepAlive: true, ca: brief.root, servername: name, rejectUnauthorized: true })
  const statuses: number[] = []

  await until(async () => {
    const answers = [
      { agent },
      { ca: brief.root, servername: name, rejectUnauthorized: true, agent: false as const },
    ]
    for (const options of answers)
      statuses.push((await send(`https://${gate}/`, { ...options, headers: { host: name } })).status)
    return (await certificateFor(name, gate, brief.root)).serial !== before.serial
  }, 60_000)

  agent.destroy()
  console.info(`${statuses.length} requests while a certificate was renewed`)
  expect(statuses.filter((status) => status !== 200)).toEqual([])
})

test.each([
  ['TRUSTED_PROXIES', 'the-cdn'],
  ['ACME_DIRECTORY', 'https://acme.example.test/ {'],
  ['SITE_ADDRESS', 'shop.example.test:https'],
])('a %s that the edge cannot use is refused before anything changes', (name, value) => {
  const check = ['validate', '--config', '/etc/caddy/Caddyfile', '--adapter', 'caddyfile']

  const run = () =>
    docker('run', '--rm', '--network', 'none', '--env', `${name}=${value}`, 'finity-web', ...check)

  expect(run).toThrow(/Error: /)
})

/** An overlay with which the edge looks every second for what is to be renewed, and not every ten minutes. */
function lookOften(): string {
  const place = join(folder, '.finity/brief')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'Caddyfile'), readFile('Caddyfile').replace('{\n', '{\n\trenew_interval 1s\n'))
  writeFileSync(
    join(place, 'overlay.yml'),
    `services: { web: { volumes: ["${place}/Caddyfile:/etc/caddy/Caddyfile:ro"] } }\n`,
  )
  return join(place, 'overlay.yml')
}
