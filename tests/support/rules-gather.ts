import { execFile, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Facts, InspectedContainer } from './rules.ts'
import type { Glimpse, Order } from './rules-look-inside.ts'
import { compose, docker, folder, toolsImage } from './stack.ts'

export type Subject = { service: string; isJob: boolean; id: string }

const megabyte = 1024 * 1024
const ports: Record<string, number> = { db: 5432, redis: 6379, auth: 8000, api: 3001, backup: 3002 }
/** Stands for whatever is not of the stack. */
const outside = createServer((socket) => socket.end('outside'))
  .listen(0)
  .unref()

export const inspect = (ids: string[]): InspectedContainer[] => JSON.parse(docker('inspect', ...ids))

/** The services that run, and each job, whose own container has ended, held still in one like it. */
export function holdStack(): Subject[] {
  const listed = compose('prod', 'ps', '--all', '--format', '{{.Service}} {{.ID}} {{.State}}')
    .trim()
    .split('\n')
  return listed.map((line) => {
    const [service = '', id = '', state] = line.split(' ')
    return state === 'running'
      ? { service, id, isJob: false }
      : { service, id: holdJob(service), isJob: true }
  })
}

function holdJob(service: string): string {
  const still = ['--entrypoint', 'node', service, '--eval', 'setInterval(() => {}, 1_000_000)']
  return compose('prod', 'run', '--detach', '--no-deps', ...still).trim()
}

export function letJobsGo(subjects: Subject[]): void {
  const ids = subjects.filter(({ isJob }) => isJob).map(({ id }) => id)
  if (ids.length > 0) docker('rm', '--force', '--volumes', ...ids)
}

/** By name; a file has a line for each value that is good. */
export function readSecrets(): Record<string, string> {
  const place = join(folder, 'secrets')
  const lines = readdirSync(place).flatMap((name) =>
    readFileSync(join(place, name), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((value, index) => [`${name}, line ${index + 1},`, value]),
  )
  return Object.fromEntries(lines)
}

/** All facts of these containers; each is tried to reach the others, and the host. */
export async function gather(subjects: Subject[], secrets: Record<string, string>): Promise<Facts[]> {
  const containers = inspect(subjects.map(({ id }) => id))
  const addresses = { ...addressesOf(subjects), outside: outsideAddresses() }
  const glimpses = await look(
    containers.map(({ State, Image }) => ({ pid: State.Pid, image: Image, addresses })),
  )
  const images = new Map([...new Set(containers.map(({ Image }) => Image))].map((id) => [id, describe(id)]))
  const hasAppArmor = docker('info', '--format', '{{.SecurityOptions}}').includes('apparmor')
  return subjects.map((subject, index) => {
    const [container, glimpse] = [containers[index], glimpses[index]]
    if (!container || !glimpse) throw new Error(`Nothing is known of ${subject.service}`)
    return {
      ...glimpse,
      ...subject,
      container,
      hasAppArmor,
      secrets,
      image: images.get(container.Image) ?? '',
      logs: logsOf(subject.id),
    }
  })
}

function addressesOf(subjects: Subject[]): Record<string, string[]> {
  const reachable = subjects.filter(({ service }) => ports[service])
  return Object.fromEntries(
    inspect(reachable.map(({ id }) => id)).map(({ NetworkSettings }, index) => {
      const service = reachable[index]?.service ?? ''
      const ips = Object.values(NetworkSettings.Networks).map(({ IPAddress }) => IPAddress)
      return [service, ips.map((ip) => `${ip}:${ports[service]}`)]
    }),
  )
}

/** The host, by each of its addresses: that of a bridge is there also for a network without a way out. */
const outsideAddresses = () =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => `${address}:${portOf()}`)

function portOf(): number {
  const address = outside.address()
  if (!address || typeof address === 'string')
    throw new Error('The listener that stands for the outside has no port.')
  return address.port
}

/** The program needs to see every process, the files of each, and its network. */
async function look(orders: Order[]): Promise<Glimpse[]> {
  const rights = ['--user', '0', '--privileged', '--pid', 'host', '--network', 'none']
  const program = ['node', 'tests/support/rules-look-inside.ts', 'look', JSON.stringify(orders)]
  const command = ['run', '--rm', ...rights, toolsImage, ...program]
  const { stdout } = await promisify(execFile)('docker', command, { maxBuffer: 256 * megabyte })
  return JSON.parse(stdout)
}

const describe = (image: string) => docker('image', 'inspect', image) + docker('history', '--no-trunc', image)

function logsOf(id: string): string {
  const { stdout, stderr } = spawnSync('docker', ['logs', id], {
    encoding: 'utf8',
    maxBuffer: 256 * megabyte,
  })
  return stdout + stderr
}
