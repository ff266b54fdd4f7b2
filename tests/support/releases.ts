import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Load, type LoadReport, startLoad } from './load.ts'
import { compose, docker, folder, until } from './stack.ts'

export const project = process.env.COMPOSE_PROJECT_NAME ?? ''
export const services = ['auth', 'api', 'web']
/** Images of a release that are the same in all of ours. */
const lasting = ['postgres', 'redis', 'backup']
export const imagesOfRelease = [...services, ...lasting]
/** In front of every image's name. It stands in .env, where a test may have put it. */
export const registryPrefix = () =>
  /^REGISTRY=(.*)$/m.exec(readFileSync(join(folder, '.env'), 'utf8'))?.[1] ?? ''
export const imageOf = (service: string, tag: string) => `${registryPrefix()}finity-${service}:${tag}`

export type Run = { code: number | null; output: string; seconds: number }

/** As an operator would type it. The tag that was released last stands in .env, and nothing else names one. */
export async function run(command: string, words: string[], tag?: string): Promise<Run> {
  const startedAt = performance.now()
  const child = spawn(command, words, { cwd: folder, env: { ...process.env, TAG: tag } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output += chunk
    })
  }
  const [code] = await once(child, 'close')
  return { code, output, seconds: Math.round((performance.now() - startedAt) / 1_000) }
}

export const deploy = (...words: string[]) => run('sh', ['scripts/deploy.sh', ...words])
export const rollback = (...words: string[]) => run('sh', ['scripts/rollback.sh', ...words])

/** This tree's images, as those of a release. */
export function tagImages(tag: string): void {
  for (const name of imagesOfRelease) docker('tag', `finity-${name}:latest`, imageOf(name, tag))
  docker('tag', 'finity-gate:1', imageOf('gate', '1'))
}

/** What the deploys of a file begin from. */
export async function releaseFirst(): Promise<void> {
  tagImages('v1')
  const first = await deploy('v1')
  if (first.code !== 0) throw new Error(first.output)
}

/** A volume that Compose does not know; the lock of a deploy holds it for a moment longer than that. */
export async function removeJournal(): Promise<void> {
  await until(async () => docker('volume', 'rm', '--force', `${project}_releases`) !== '')
}

/** An image of the same content, or of what the lines of a Dockerfile make of it, with these files at hand. */
export function makeImage(
  service: string,
  tag: string,
  lines: string[] = [],
  files: Record<string, string> = {},
): void {
  const context = mkdtempSync(join(folder, '.finity/image-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(context, name), content)
  writeFileSync(
    join(context, 'Dockerfile'),
    [`FROM ${imageOf(service, 'v1')}`, `LABEL release=${tag}`, ...lines].join('\n'),
  )
  docker('build', '--quiet', '--tag', imageOf(service, tag), context)
  rmSync(context, { recursive: true })
}

export function makeRelease(tag: string, broken: Record<string, string[]> = {}): void {
  for (const service of services) makeImage(service, tag, broken[service])
  for (const name of lasting) docker('tag', imageOf(name, 'v1'), imageOf(name, tag))
}

/** Does it with these lines at the end of .env, where they win. */
export async function withSettings<Outcome>(lines: string, work: () => Promise<Outcome>): Promise<Outcome> {
  const file = join(folder, '.env')
  const settings = readFileSync(file, 'utf8')
  writeFileSync(file, `${settings}\n${lines}\n`)
  return await work().finally(() => writeFileSync(file, settings))
}

export const runningIds = () => services.map((service) => compose('prod', 'ps', '--quiet', service).trim())
export const runningImage = (service: string) =>
  docker('inspect', '--format', '{{.Config.Image}}', compose('prod', 'ps', '--quiet', service).trim()).trim()
export const runningImages = () => services.map(runningImage)
export const released = (tag: string) => services.map((service) => imageOf(service, tag))

export function baseUrl(): string {
  return compose('prod', 'port', 'gate', '443').trim().replace(/^.*:/, 'https://localhost:')
}

/** Of the edge, in the network that visitors come in by. */
function edgeAddress(): string {
  const format = `{{(index .NetworkSettings.Networks "${project}_public").IPAddress}}`
  return docker('inspect', '--format', format, compose('prod', 'ps', '--quiet', 'gate').trim()).trim()
}

/** When its connections are open, and the code that they need is compiled. */
export async function startWarmLoad(): Promise<Load> {
  const load = await startLoad(edgeAddress())
  await load.lasts(10)
  return load
}

export async function beside(
  load: Load,
  work: () => Promise<Run>,
): Promise<{ steady: LoadReport; during: LoadReport; run: Run }> {
  // What the work before left behind is none of this.
  await load.lasts(2)
  load.restartClock()
  await load.lasts(5)
  const steady = load.restartClock()
  const result = await work()
  return { steady, during: load.restartClock(), run: result }
}

export async function underLoad(work: () => Promise<Run>): Promise<{ during: LoadReport; run: Run }> {
  const load = await startWarmLoad()
  const result = await work()
  return { during: await load.stop(), run: result }
}
