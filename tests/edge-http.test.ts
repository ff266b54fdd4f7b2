import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect as connectPlain, type Socket } from 'node:net'
import { connect } from 'node:tls'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { send } from './support/edge.ts'
import { baseUrl, compose, docker, toolsImage } from './support/stack.ts'

const portOf = (...port: string[]) =>
  Number(
    compose('prod', 'port', ...port)
      .trim()
      .replace(/^.*:/, ''),
  )
const plainUrl = `http://localhost:${portOf('gate', '80')}`
async function anAsset(): Promise<string> {
  const { body } = await send('/')
  return /\/assets\/[\w-]+\.js/.exec(body.toString())?.[0] ?? ''
}
describe('the edge', () => {
  test('answers over HTTP/3', () => {
    const url = `https://localhost:${portOf('--protocol', 'udp', 'gate', '443')}/`

    const version = execFileSync(
      'curl',
      [
        '--silent',
        '--insecure',
        '--http3-only',
        '--output',
        '/dev/null',
        '--write-out',
        '%{http_version} %{http_code}',
        url,
      ],
      { encoding: 'utf8' },
    )

    expect(version).toBe('3 200')
  })

  test.each(['h2', 'http/1.1'])('speaks %s', async (protocol) => {
    const { hostname: host, port } = new URL(baseUrl)
    const socket = connect({
      host,
      port: Number(port),
      servername: host,
      rejectUnauthorized: false,
      ALPNProtocols: [protocol],
    })

    await once(socket, 'secureConnect')

    socket.destroy()
    expect(socket.alpnProtocol).toBe(protocol)
  })

  test('asks clients of HTTP/1.1 to close what they leave idle, so that it never closes a connection that is being used', async () => {
    const { headers } = await send('/')

    expect(headers['keep-alive']).toBe('timeout=5')
  })

  test('refuses TLS below 1.2', () => {
    const { hostname: host, port } = new URL(baseUrl)

    const attempt = once(
      connect({
        host,
        port: Number(port),
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'ALL:@SECLEVEL=0',
        rejectUnauthorized: false,
      }),
      'secureConnect',
    )

    return expect(attempt).rejects.toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' })
  })

  test('says nothing of itself, and leads to HTTPS by the name that was asked for', async () => {
    const { status, headers } = await send(`${plainUrl}/a?b`, { headers: { host: 'localhost' } })

    expect([status, headers.location]).toEqual([308, 'https://localhost/a?b'])
    expect(Object.keys(headers)).not.toContain('server')
  })

  test.concurrent.each([
    [
      'HTTPS',
      () =>
        connect({
          host: 'localhost',
          port: Number(new URL(baseUrl).port),
          servername: 'localhost',
          rejectUnauthorized: false,
        }),
    ],
    ['HTTP', () => connectPlain({ host: 'localhost', port: Number(new URL(plainUrl).port) })],
  ])('gives nobody more than ten seconds for the header of a request over %s', async (_, open) => {
    const started = performance.now()

    await dripHeader(open())

    const seconds = (performance.now() - started) / 1_000
    expect(seconds).toBeGreaterThan(8)
    expect(seconds).toBeLessThan(13)
  })

  test('refuses a header that is too long', async () => {
    const { status } = await send('/', { headers: { 'x-long': 'a'.repeat(16_000) } })

    expect(status).toBe(431)
  })

  test.each([
    ['br', brotliDecompressSync],
    ['zstd', zstdDecompressSync],
    ['gzip', gunzipSync],
  ])('sends the app as %s to who takes nothing else', async (encoding, decompress) => {
    const asset = await anAsset()
    const plain = await send(asset)

    const { headers, body } = await send(asset, { headers: { 'accept-encoding': encoding } })

    expect(headers).toMatchObject({
      'content-encoding': encoding,
      vary: 'Accept-Encoding',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect(decompress(body).equals(plain.body)).toBe(true)
    expect(body.length).toBeLessThan(plain.body.length)
  })

  test('serves the assets of the build before to pages that are open still', async () => {
    const name = `${randomUUID()}.js`
    const volume = `${compose('prod', 'config', '--format', 'json').match(/"name": "([\w-]+_kept_assets)"/)?.[1]}:/kept`
    docker(
      'run',
      '--rm',
      '--user',
      '0',
      '--volume',
      volume,
      toolsImage,
      'sh',
      '-c',
      `mkdir -p /kept/assets; echo old >/kept/assets/${name}`,
    )

    const { status, headers, body } = await send(`/assets/${name}`)

    expect([status, body.toString(), headers['cache-control']]).toEqual([
      200,
      'old\n',
      'public, max-age=31536000, immutable',
    ])
  })

  test('answers in the words of the services when it has no such file, and lets nobody keep that', async () => {
    const { status, headers, body } = await send('/assets/none.js')

    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      404,
      'application/problem+json',
      'no-store',
    ])
    expect(JSON.parse(body.toString())).toEqual({
      title: 'Not Found',
      status: 404,
      detail: 'Not Found',
      requestId: headers['x-request-id'],
    })
  })
})
/** Sends a header byte by byte; resolves when the other side has had enough. */
async function dripHeader(socket: Socket): Promise<void> {
  socket.on('error', () => {})
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
  const drip = setInterval(() => socket.write('a'), 500)
  await new Promise((resolve) => socket.resume().once('close', resolve))
  clearInterval(drip)
}
