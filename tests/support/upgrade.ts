import { spawn } from 'node:child_process'
import { project, type Run, run } from './releases.ts'
import { compose, docker, folder, until } from './stack.ts'

export const upgrade = (...words: string[]) => run('sh', ['scripts/upgrade.sh', ...words])
export const idOf = (service: string) => compose('prod', 'ps', '--all', '--quiet', service).trim()
const volume = `${project}_postgres_data`
export const worker = `${project}-upgrade`

export const inDatabase = (database: string, statement: string) =>
  docker(
    'exec',
    idOf('db'),
    'psql',
    '-U',
    'postgres',
    '-d',
    database,
    '-v',
    'ON_ERROR_STOP=1',
    '-qtAc',
    statement,
  ).trim()
export const major = () => inDatabase('postgres', "select current_setting('server_version_num')::int / 10000")
export const foldersOfData = () =>
  docker('exec', idOf('db'), 'sh', '-c', 'cd /var/lib/postgresql && ls -d [0-9]*/*').trim().split('\n')

/** Everything that a cluster holds, as the newer of the two programs writes it down, less what no two dumps share. */
export const dump = () =>
  docker('exec', idOf('db'), '/usr/lib/postgresql/18/bin/pg_dumpall', '-U', 'postgres')
    .split('\n')
    .filter((line) => line !== '' && !/^--|^\\(un)?restrict|pg_attver/.test(line))

/** What a server says that starts on the data of the stack, beside the one that runs; one that may start says its port and ends. */
export function startOn(image: string): string {
  try {
    return docker('run', '--rm', '--volume', `${volume}:/var/lib/postgresql`, image, 'postgres', '-C', 'port')
  } catch (error) {
    return (error as { stderr: string }).stderr
  }
}

/** Starts an upgrade, waits until the new cluster is being made, and does something to it then. */
export async function interrupted(deed: (pid: number) => void): Promise<Run> {
  const child = spawn('sh', ['scripts/upgrade.sh', 'v18'], {
    cwd: folder,
    detached: true,
    env: { ...process.env, TAG: undefined },
  })
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(String(chunk)))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  await until(
    async () => docker('exec', worker, 'ls', '/var/lib/postgresql/18/unfinished/new/PG_VERSION') !== '',
    90_000,
  )
  deed(child.pid ?? 0)
  const code = await ended
  return { code, output: chunks.join(''), seconds: 0 }
}
