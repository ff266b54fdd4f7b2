import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { makeCertificate } from './certificate.ts'
import { type Reply, send } from './edge.ts'
import { project } from './releases.ts'
import { docker, folder, until } from './stack.ts'

export type Registry = {
  request(method: string, path: string, headers?: Record<string, string>, body?: Buffer): Promise<Reply>
  stop(): void
}

/** What the signing program sees too: keys, the sign-in and the CA. */
export const place = join(folder, '.finity/signatures')
const account = { name: 'team', password: 'of-a-test' }
const authorization = `Basic ${btoa(`${account.name}:${account.password}`)}`
const mountPlace = ['--volume', `${place}:${place}`, '--workdir', place]

/** A registry as a team has one: its own CA, and a sign-in. Docker is signed in there, and .env names it. */
export async function startRegistry(): Promise<Registry> {
  const { key, certificate } = makeCertificate(place, 'IP:127.0.0.1')
  // Every request is checked against it, so it is a quick one.
  const hashing = ['hash-password', '--bcrypt-cost', '4', '--plaintext', account.password]
  const hash = docker('run', '--rm', 'finity-web', ...hashing).trim()
  writeFileSync(join(place, 'htpasswd'), `${account.name}:${hash}\n`)
  const address = `127.0.0.1:${await freePort()}`
  const settings = {
    REGISTRY_HTTP_ADDR: address,
    REGISTRY_HTTP_TLS_CERTIFICATE: certificate,
    REGISTRY_HTTP_TLS_KEY: key,
    REGISTRY_AUTH_HTPASSWD_PATH: join(place, 'htpasswd'),
    REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY: join(place, 'registry'),
  }
  const registry = spawn('docker-registry', ['serve', '/etc/docker/registry/config.yml'], {
    env: { ...process.env, ...settings },
    stdio: 'ignore',
  })
  const request: Registry['request'] = (method, path, headers, body) =>
    send(`https://${address}${path}`, {
      method,
      headers: { authorization, ...headers },
      ...(body && { body }),
    })
  await until(async () => (await request('GET', '/v2/')).status === 200)

  process.env.DOCKER_CONFIG = join(place, 'docker')
  mkdirSync(process.env.DOCKER_CONFIG)
  docker('login', '--username', account.name, '--password', account.password, address)
  const prefix = `${address}/${project.replace(/-[a-z]+$/, '')}/`
  appendFileSync(join(folder, '.env'), `REGISTRY=${prefix}\nREGISTRY_CA_FILE=${certificate}\n`)
  return { request, stop: () => registry.kill() }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** Runs cosign where the keys are, as who is signed in. */
export const cosign = (...words: string[]) =>
  docker(
    ...['run', '--rm', '--network', 'host', '--user', `${process.getuid?.()}`, ...mountPlace],
    ...['--env', 'COSIGN_PASSWORD=', '--env', `DOCKER_CONFIG=${process.env.DOCKER_CONFIG}`],
    ...['--env', `SSL_CERT_FILE=${join(place, 'cert.pem')}`, '--tmpfs', '/tmp'],
    ...['--entrypoint', 'cosign', 'finity-cosign:1', ...words],
  )

export const makeKeys = (name: string) => cosign('generate-key-pair', '--output-key-prefix', name)

/** The digest that an image got when it was pushed. */
export const push = (image: string) => {
  docker('push', '--quiet', image)
  const digests: string[] = JSON.parse(docker('image', 'inspect', '--format', '{{json .RepoDigests}}', image))
  return digests.find((digest) => digest.startsWith(`${image.replace(/:[^:]*$/, '')}@`)) ?? ''
}

/** No public log is told. cosign 2 wrote signatures in another form, which are still good. */
export function sign(digest: string, key = 'ours', form: 'bundle' | 'of cosign 2' = 'bundle'): void {
  const quiet = ['--yes', '--use-signing-config=false', '--tlog-upload=false']
  cosign('sign', ...quiet, `--new-bundle-format=${form === 'bundle'}`, '--key', `${key}.key`, digest)
}
