import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, place } from './registry.ts'
import { folder, until } from './stack.ts'

/** Where the verbs keep what they know of a release. */
export const published = join(folder, '.finity/images')

/** A registry as the engine takes it without a certificate; what a release holds is the same in a real one. Its files are in this folder. */
export async function startPlainRegistry(files: string): Promise<{ address: string; stop(): void }> {
  const address = `127.0.0.1:${await freePort()}`
  mkdirSync(place, { recursive: true })
  const config = `${files}.yml`
  writeFileSync(
    config,
    `version: 0.1\nhttp: { addr: ${address} }\nstorage: { filesystem: { rootdirectory: ${files} } }\n`,
  )
  const server = spawn('docker-registry', ['serve', config], { stdio: 'ignore' })
  await until(async () => (await fetch(`http://${address}/v2/`).catch(() => null))?.ok === true)
  return { address, stop: () => server.kill() }
}

/** A verb of a workflow, with what the workflow hands it. */
export function verb(words: string, environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `sh scripts/${words}`], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      COSIGN_KEY: join(place, 'release.key'),
      COSIGN_PASSWORD: '',
      IMAGE_SIGNATURE_KEY: join(place, 'release.pub'),
      ...environment,
    },
  })
  return { code: status, stdout, output: stdout + stderr }
}
