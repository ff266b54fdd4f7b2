import { spawnSync } from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { project } from './releases.ts'
import { folder } from './stack.ts'

/** Builds the production images of the copy under names of their own; tells what BuildKit says. */
export function bake(): string {
  const settings = readFileSync(join(folder, '.env'), 'utf8').matchAll(/^(CA_BUNDLE|NPMRC)=(.*)$/gm)
  const registry = `${project.replace(/-[a-z]+$/, '')}/edited-`
  const { status, stderr } = spawnSync('docker', ['buildx', 'bake', '--progress', 'plain'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    env: {
      ...process.env,
      ...Object.fromEntries([...settings].map(([, name, value]) => [name, value])),
      REGISTRY: registry,
    },
  })
  if (status !== 0) throw new Error(stderr)
  return stderr
}

/** In every service and in the app, a line that nothing was built with yet. */
export function editSources(): void {
  const line = `console.debug('${crypto.randomUUID()}')\n`
  for (const source of ['services/auth/src', 'services/api/src', 'services/backup/src', 'web/src'])
    appendFileSync(join(folder, source, source === 'web/src' ? 'main.tsx' : 'main.ts'), line)
}
