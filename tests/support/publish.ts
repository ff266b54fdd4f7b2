import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { place } from './registry.ts'
import { folder } from './stack.ts'

/** Where the verbs keep what they know of a release. */
export const published = join(folder, '.finity/images')

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
