import { execSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { project } from './releases.ts'
import { docker, readFile } from './stack.ts'

/** All that a registry gets (docker-bake.hcl). */
export const imageNames = [
  ...['auth', 'api', 'web', 'gate', 'postgres', 'redis', 'backup'],
  ...['postgres-upgrade', 'cosign'],
]

/** What a release keeps has a tag of its own. */
const kept: Record<string, string> = { gate: 'finity-gate:1', cosign: 'finity-cosign:1' }
export const tagged = (name: string) => kept[name] ?? `finity-${name}:latest`

/** The images as the part "images" built them twice (scripts/test.sh). */
export const built = (name: string, build: 'first' | 'second' = 'second') =>
  `${project.replace(/-[a-z]+$/, '')}/${build}-${tagged(name)}`

export type File = { path: string; size: number; mode: string }

/** Every file of an image, as tar lists it. */
export function filesOf(image: string): File[] {
  const listing = withContainer(image, (container) =>
    execSync(`docker export ${container} | tar -tvf -`, { encoding: 'utf8', maxBuffer: 256_000_000 }),
  )
  return listing.trim().split('\n').map(readTarLine)
}

function readTarLine(line: string): File {
  const [mode = '', , size = '0', , , ...path] = line.trim().split(/\s+/)
  // A device has two numbers in place of a size.
  return { mode, size: Number(size) || 0, path: path.join(' ').replace(/ -> .*/, '') }
}

/** A copy of a folder of an image. */
export function copyOut(image: string, path: string): string {
  const target = mkdtempSync(join(tmpdir(), 'image-'))
  withContainer(image, (container) =>
    execSync(`docker cp ${container}:/${path}/. - | tar -x --no-same-permissions -C ${target}`),
  )
  return target
}

/** The text of a file of an image. */
export const readOut = (image: string, path: string): string =>
  withContainer(image, (container) =>
    execSync(`docker cp ${container}:/${path} - | tar -x --to-stdout`, { encoding: 'utf8' }),
  )

function withContainer<T>(image: string, work: (container: string) => T): T {
  const container = docker('create', image).trim()
  try {
    return work(container)
  } finally {
    docker('rm', '--force', '--volumes', container)
  }
}

export type Part = {
  name: string
  version: string
  purl: string
  cpe?: string
  licenses?: { license: { name: string } }[]
  components?: Part[]
}

/** What "docker buildx bake sboms" says of an image. */
export const partsOf = (name: string): Part[] =>
  JSON.parse(readFile(`.finity/sboms/finity-${name}.cdx.json`)).components

/** The base image of a Dockerfile as it is here: what stands in for one has its name without the digest (docs/decisions/0031). */
export function baseImage(dockerfile: string): string {
  const [, base = ''] = /^FROM (\S+)/m.exec(readFile(dockerfile)) ?? []
  try {
    docker('image', 'inspect', base)
    return base
  } catch {
    return base.replace(/@.*/, '')
  }
}

/** Whether this host's base images are made from Debian packages (docs/decisions/0003). */
export function onStandIns(): boolean {
  const label = '{{index .Config.Labels "finity.stand-in"}}'
  return docker('image', 'inspect', '--format', label, baseImage('docker/service.Dockerfile')).trim() !== ''
}
