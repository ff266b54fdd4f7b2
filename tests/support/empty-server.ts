import { imageOf, project } from './releases.ts'
import { docker, until } from './stack.ts'

export type EmptyServer = { ask: (database: string, ...words: string[]) => string; end: () => void }

/** A PostgreSQL as initdb makes it, without any role of ours, that sees a folder of this host as /seen. */
export async function startEmptyServer(seen: string): Promise<EmptyServer> {
  const name = `${project}-empty-server`
  const options = ['--name', name, '--label', `com.docker.compose.project=${project}`, '--network', 'none']
  const start = `initdb --pgdata /tmp/data --auth trust --username postgres >/dev/null && exec postgres -D /tmp/data -c listen_addresses= -c unix_socket_directories=/tmp`
  const image = [imageOf('postgres', 'latest'), '-c', start]
  docker('run', '--detach', ...options, '--volume', `${seen}:/seen:ro`, '--entrypoint', 'sh', ...image)
  const access = ['--host=/tmp', '--username=postgres', '--set=ON_ERROR_STOP=1', '-qtA']
  const ask: EmptyServer['ask'] = (database, ...words) =>
    docker('exec', name, 'psql', ...access, `--dbname=${database}`, ...words).trim()
  await until(async () => ask('postgres', '--command=select 1') !== '', 60_000)
  return { ask, end: () => docker('rm', '--force', '--volumes', name) }
}
