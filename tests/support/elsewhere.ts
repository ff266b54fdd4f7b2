import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { project, type Run, registryPrefix, run, services } from './releases.ts'
import { docker, folder, toolsImage, until } from './stack.ts'

/** A stack of its own: only the server has its secrets. */
const stack = `${project}-remote`
export const network = `${stack}-ssh`
export const elsewhere = `${stack}-elsewhere`
/** A folder of the engine's host, which is the server. */
export const secretsOnServer = join(folder, '.finity/server/secrets')

const labels = ['--label', `com.docker.compose.project=${network}`]

function startContainer(name: string, options: string[], script: string): void {
  const place = ['--name', name, '--network', network, ...labels]
  docker('run', '--detach', '--init', '--user', '0:0', ...place, ...options, toolsImage, 'sh', '-ec', script)
}

/** In the image's copy of the repository, on a machine with neither an engine nor secrets. */
export const fromElsewhere = (script: string, context = 'production'): Promise<Run> =>
  run('docker', ['exec', '--env', `DOCKER_CONTEXT=${context}`, elsewhere, 'sh', '-ec', script])

export async function writeSettings(...lines: string[]): Promise<void> {
  const own = [
    `COMPOSE_PROJECT_NAME=${stack}`,
    `REGISTRY=${registryPrefix()}`,
    'TAG=v1',
    'HTTP_PORT=0',
    'HTTPS_PORT=0',
  ]
  await fromElsewhere(`printf '%s\\n' '${[...own, ...lines].join("' '")}' >.env`)
}

const sshConfig = `
Host server
  User root
  ControlMaster auto
  ControlPath ~/.ssh/%C
  ControlPersist 1m
  ServerAliveInterval 5
  StrictHostKeyChecking accept-new
`

/**
 * A server that has Docker and SSH, and a machine elsewhere that has the repository, a Docker client and a key.
 * What is typed there is what the RUNBOOK says ("Release from elsewhere").
 */
export async function startServer(): Promise<void> {
  mkdirSync(secretsOnServer, { recursive: true })
  docker('network', 'create', ...labels, network)
  startContainer(elsewhere, [], 'sleep infinity')
  const { output: key } = await fromElsewhere(
    `ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519; printf '%s' '${sshConfig}' >~/.ssh/config; cat ~/.ssh/id_ed25519.pub`,
  )
  const folders = ['/var/run/docker.sock', secretsOnServer].flatMap((path) => ['--volume', `${path}:${path}`])
  startContainer(
    `${stack}-server`,
    ['--network-alias=server', '--env', `KEY=${key.trim()}`, ...folders],
    'ssh-keygen -A; mkdir -p /run/sshd ~/.ssh; echo "$KEY" >~/.ssh/authorized_keys; exec /usr/sbin/sshd -D -e',
  )
  await until(async () => (await fromElsewhere('ssh server true')).code === 0)
  await writeSettings()
  const setUp = await fromElsewhere(
    `sh scripts/secrets.sh; scp -qp secrets/* server:${secretsOnServer}; rm -r secrets
     docker context create production --docker host=ssh://server`,
    'default',
  )
  if (setUp.code !== 0) throw new Error(setUp.output)
  await writeSettings(`SECRETS_DIR=${secretsOnServer}`)
}

const lookAtServer = (format: string): string[] =>
  services.map((service) => {
    const filters = [...labelled(stack), ...labelled(service, 'service'), ...labelled('False', 'oneoff')]
    return docker('ps', ...filters, `--format=${format}`).trim()
  })

/** What the server runs, by service. */
export const imagesOnServer = () => lookAtServer('{{.Image}}')
export const idsOnServer = () => lookAtServer('{{.ID}}')

export const isLocked = () => docker('ps', '--quiet', '--filter', `name=${stack}-deploy`) !== ''

const labelled = (value: string, label = 'project') => [
  '--filter',
  `label=com.docker.compose.${label}=${value}`,
]

export function removeServer(): void {
  // A line that was cut may leave a container that was made and never started.
  remove('rm', docker('ps', '--all', '--quiet', '--filter', `volume=${stack}_releases`))
  for (const name of [network, stack]) {
    remove('rm', docker('ps', '--all', '--quiet', ...labelled(name)))
    remove('network rm', docker('network', 'ls', '--quiet', ...labelled(name)))
    remove('volume rm', docker('volume', 'ls', '--quiet', ...labelled(name)))
  }
  remove('volume rm', `${stack}_releases`)
}

function remove(how: string, ids: string): void {
  const some = ids.split('\n').filter(Boolean)
  if (some.length > 0) docker(...how.split(' '), '--force', ...some)
}
