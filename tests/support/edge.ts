import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingHttpHeaders, type IncomingMessage, request as requestPlain } from 'node:http'
import { type RequestOptions, request } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { connect } from 'node:tls'
import { baseUrl, docker, folder, toolsImage, until } from './stack.ts'

export type Reply = { status: number; headers: IncomingHttpHeaders; body: Buffer }
type Parts = { body?: string | Buffer | undefined } & RequestOptions

/** To the edge of the running stack, or to another address. Who vouches for its certificate is a test of its own. */
export function send(address: string, { body, ...options }: Parts = {}): Promise<Reply> {
  const url = new URL(address, baseUrl || undefined)
  const outgoing =
    url.protocol === 'http:'
      ? requestPlain(url, options)
      : request(url, { rejectUnauthorized: false, ...options })
  return answerOf(outgoing.end(body))
}

async function answerOf(outgoing: ReturnType<typeof request>): Promise<Reply> {
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: await buffer(incoming) }
}

/** An edge with nothing behind it, as a project of its own: the gate and the edge of the production stack. */
export const edgeProject = `${process.env.COMPOSE_PROJECT_NAME ?? 'finity'}-edge`

export type EdgeSettings = Record<string, string>

export function composeEdge(settings: EdgeSettings, files: string[], ...args: string[]): string {
  const all = ['compose/base.yml', 'compose/prod.yml', ...files].flatMap((file) => ['-f', file])
  return execFileSync('docker', ['compose', ...all, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...settings, COMPOSE_PROJECT_NAME: edgeProject },
  })
}

/** Starts that edge with these settings; resolves when it is healthy. */
export function startEdge(settings: EdgeSettings, files: string[] = []): void {
  composeEdge(settings, files, 'up', '--detach', '--wait', '--no-deps', 'gate', 'web')
}

/** A new container with the volumes of the one before, as after a crash of the host. */
export function replaceEdge(settings: EdgeSettings): void {
  composeEdge(settings, [], 'up', '--detach', '--wait', '--no-deps', '--force-recreate', 'web')
}

/** Starts a container of the tools image on the network of that edge, under some names; tells its id. */
export function besideEdge(names: string[], command: string[], options: string[] = []): string {
  const network = ['--network', `${edgeProject}-network`, ...names.map((name) => `--network-alias=${name}`)]
  const label = ['--label', `com.docker.compose.project=${edgeProject}`]
  return docker('run', '--detach', '--init', ...network, ...label, ...options, toolsImage, ...command).trim()
}

/** With the containers that others have put beside it. */
export function removeEdge(): void {
  const label = `label=com.docker.compose.project=${edgeProject}`
  docker(
    'rm',
    '--force',
    '--volumes',
    ...docker('ps', '--all', '--quiet', '--filter', label).trim().split('\n'),
  )
  composeEdge({}, [], 'down', '--volumes')
}

export const idInEdge = (service: string) => composeEdge({}, [], 'ps', '--all', '--quiet', service).trim()

/** Where a container is on the network of that edge. */
export function addressOf(container: string): string {
  const format = `{{(index .NetworkSettings.Networks "${edgeProject}-network").IPAddress}}`
  return docker('inspect', '--format', format, container).trim()
}

/** Of the certificate that is shown for a name, and whether it comes from the CA. Waits until there is one. */
export async function certificateFor(
  name: string,
  host: string,
  ca: string,
): Promise<{ serial: string; isTrusted: boolean }> {
  let found = { serial: '', isTrusted: false }
  await until(async () => {
    const socket = connect({ host, port: 443, servername: name, ca, rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    found = { serial: socket.getPeerCertificate().serialNumber, isTrusted: socket.authorized }
    socket.destroy()
    return true
  }, 60_000)
  return found
}
