import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Overlay = 'dev' | 'prod'

/** A service as `docker compose config` merges it; only what the tests read. */
export type ServiceConfig = {
  container_name?: string
  ports?: { host_ip?: string; published: string; target: number }[]
  volumes?: {
    type: string
    source: string
    target: string
    read_only?: boolean
    volume?: { subpath?: string }
  }[]
  healthcheck?: { test: string[]; start_interval?: string }
  environment?: Record<string, string | null>
  depends_on?: Record<string, unknown>
  networks?: Record<string, unknown>
  command?: string[] | null
  read_only?: boolean
  cap_drop?: string[]
  security_opt?: string[]
  pids_limit?: number
  mem_limit?: string
  cpus?: number
  restart?: string
  logging?: { options?: Record<string, string> }
}

export type StackConfig = {
  name: string
  services: Record<string, ServiceConfig>
  networks: Record<string, { name: string; internal?: boolean }>
  volumes: Record<string, { name: string }>
}

/** A container as `docker inspect` shows it; only what the tests read. */
export type Container = {
  Name: string
  State: {
    ExitCode: number
    Status: string
    StartedAt: string
    Health?: { Status: string; Log: { End: string }[] }
  }
  Config: { User: string; Env: string[]; Labels: Record<string, string> }
  HostConfig: {
    ReadonlyRootfs: boolean
    CapDrop: string[] | null
    SecurityOpt: string[] | null
    PidsLimit: number | null
    Memory: number
    NanoCpus: number
    RestartPolicy: { Name: string }
    LogConfig: { Config: Record<string, string> }
    Binds: string[] | null
  }
  Mounts: { Destination: string; RW: boolean }[]
  NetworkSettings: { Ports: Record<string, { HostIp: string; HostPort: string }[] | null> }
}

/** The copy of the repository that the tests may edit and run stacks from (scripts/test.sh). */
export const folder = process.env.STACK_FOLDER ?? join(import.meta.dirname, '../..')
/** The tree that the tests themselves run in, with all dependencies. */
export const toolsRoot = join(import.meta.dirname, '../..')
/** The image of it. */
export const toolsImage = process.env.TOOLS_IMAGE ?? 'finity-tools'
export const baseUrl = process.env.STACK_URL ?? ''

export const readFile = (path: string) => readFileSync(join(folder, path), 'utf8')

/** Runs the Docker client; throws with its words when it fails. */
export function docker(...args: string[]): string {
  return execFileSync('docker', args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

export const compose = (overlay: Overlay, ...args: string[]) =>
  docker('compose', '-f', 'compose/base.yml', '-f', `compose/${overlay}.yml`, ...args)

export const composeConfig = (overlay: Overlay): StackConfig =>
  JSON.parse(compose(overlay, '--profile', '*', 'config', '--format', 'json'))

export const composeFile = (file: string): StackConfig =>
  JSON.parse(docker('compose', '-f', `compose/${file}.yml`, 'config', '--format', 'json', '--no-consistency'))

/** Every container of the stack, finished jobs included, by service name. */
export function containers(overlay: Overlay): Map<string, Container> {
  const ids = compose(overlay, 'ps', '--all', '--quiet').trim().split('\n')
  const found: Container[] = JSON.parse(docker('inspect', ...ids))
  return new Map(
    found.map((container) => [container.Config.Labels['com.docker.compose.service'] ?? '', container]),
  )
}

/** Asks again until the answer satisfies; returns the milliseconds that it took. */
export async function until(satisfied: () => Promise<boolean>, limitMs = 30_000): Promise<number> {
  const start = performance.now()
  while (performance.now() - start < limitMs) {
    if (await satisfied().catch(() => false)) return Math.round(performance.now() - start)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`Not within ${limitMs} ms`)
}
