import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { idOf } from './backup.ts'
import { imageOf, project } from './releases.ts'
import { compose, docker, folder, toolsImage } from './stack.ts'

/** On the volume of the socket, which the database and its sidecar share. */
const file = '/var/run/postgresql/clock'
const services = { db: ['base.yml', 'postgres'], backup: ['prod.yml', 'backup'] } as const

/** The database and the sidecar with a clock that the tests set, as when somebody sets that of the server. restic keeps the true one. */
export function useSettableClock(): void {
  for (const [composeFile, name] of Object.values(services)) {
    const image = `${project}-clock/finity-${name}`
    build(imageOf(name, 'latest'), image)
    const path = join(folder, 'compose', composeFile)
    const written = `image: \${REGISTRY:-}finity-${name}:\${TAG:-latest}`
    writeFileSync(path, readFileSync(path, 'utf8').replace(written, `image: ${image}`))
  }
  compose('prod', 'up', '--detach', '--wait', 'db', 'backup')
}

function build(from: string, to: string): void {
  const library = '/usr/local/lib/libfaketime.so.1'
  const lines = [
    `FROM ${toolsImage} AS tools`,
    `FROM ${from}`,
    'USER root',
    `COPY --from=tools /usr/lib/*-linux-gnu/faketime/libfaketime.so.1 ${library}`,
    `RUN ln -s ${file} /etc/faketimerc && echo ${library} >/etc/ld.so.preload`,
    'USER postgres',
    'ENV FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1 FAKETIME_CACHE_DURATION=1',
  ]
  const context = mkdtempSync(join(folder, '.finity/clock-'))
  writeFileSync(join(context, 'Dockerfile'), lines.join('\n'))
  docker('build', '--quiet', '--tag', to, context)
  rmSync(context, { recursive: true })
}

/** So far from the true time: +27h, -1d, +0. */
export async function setClock(difference: string): Promise<void> {
  docker('exec', idOf('backup'), 'sh', '-c', `echo '${difference}' >${file}`)
  await pause(2_000)
}
