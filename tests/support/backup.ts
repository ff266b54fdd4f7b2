import { imageOf, project, type Run, run } from './releases.ts'
import { compose, docker, until } from './stack.ts'

export const backup = (...words: string[]): Promise<Run> => run('sh', ['scripts/backup.sh', ...words])
export const idOf = (service: string) => compose('prod', 'ps', '--all', '--quiet', service).trim()

export type Outcome = { at: string; seconds: number; bytes: number; error: string | null }
export type Status = {
  mode: string
  commits_wait: boolean | null
  backup: (Outcome & { kind: string }) | null
  media: (Outcome & { files: number }) | null
  drill: (Outcome & { checks: { name: string; ok: boolean; detail: string }[] }) | null
  offsite: { at: string | null; error: string | null } | null
  alerts: { code: string; sentence: string; remedy: string }[]
}

/** A verb in the container of the sidecar, which ends with it. */
export const runInSidecar = (...words: string[]): Promise<Run> =>
  run('docker', ['exec', idOf('backup'), 'node', '/app/main.js', ...words])

/** Waits until a program is at work in a container. */
export const untilAtWork = (container: string, program: RegExp) =>
  until(async () => program.test(docker('top', container, '-eo', 'pid,args')), 60_000)

/** A signal for the program that receives the second copy of the log. */
export const onReceiver = (signal: string) =>
  docker('exec', idOf('backup'), 'pkill', `-${signal}`, '-x', 'pg_receivewal')

/** As the app's system page asks it. */
export function readStatus(): Status {
  const ask = 'console.log(await (await fetch("http://127.0.0.1:3002/status")).text())'
  return JSON.parse(docker('exec', idOf('backup'), 'node', '--input-type=module', '--eval', ask))
}

/** The answer among the lines: Compose and the sidecar's log may say something before and after it. */
export function parseLast(output: string) {
  const lines = output.split('\n').filter((line) => line.startsWith('{') && !line.includes('"level":'))
  return JSON.parse(lines.at(-1) ?? 'null')
}

/** Something done to the repository by the container that keeps its volume, which is one of memory (scripts/test.sh). */
export const holdRepository = (command: string) => docker('exec', `${project}-holder`, 'sh', '-c', command)

/** A copy of the repository, damaged by a command in it, for a sidecar of its own: the stack's keeps working. */
export function damage(name: string, command: string): string {
  const volume = `${project}_damaged_${name}`
  docker('volume', 'create', '--label', `com.docker.compose.project=${project}`, volume)
  const volumes = ['--volume', `${project}_backups:/from:ro`, '--volume', `${volume}:/backups`]
  const script = `cp -a /from/. /backups/ && cd /backups && ${command}`
  docker(
    'run',
    '--rm',
    '--user',
    '0',
    '--network',
    'none',
    ...volumes,
    '--entrypoint',
    'sh',
    imageOf('backup', 'latest'),
    '-ec',
    script,
  )
  return volume
}

/** A verb of the sidecar beside the stack's, with its mounts but for the repository. */
export async function workOn(volume: string, words: string[], settings: string[] = []): Promise<Run> {
  const options = [
    '--rm',
    '--read-only',
    '--network',
    'none',
    '--group-add',
    '65532',
    '--tmpfs',
    '/tmp:size=64m,mode=1777',
  ]
  const id = idOf('backup')
  const environment = docker('inspect', '--format', '{{range .Config.Env}}{{println .}}{{end}}', id)
    .trim()
    .split('\n')
    .filter((line) => !settings.some((setting) => line.startsWith(setting.replace(/=.*/, ''))))
  const all = [...environment, ...settings].flatMap((line) => ['--env', line])
  return await run('docker', [
    'run',
    ...options,
    '--volumes-from',
    id,
    '--volume',
    `${volume}:/backups`,
    ...all,
    imageOf('backup', 'latest'),
    ...words,
  ])
}
