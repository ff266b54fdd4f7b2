import { backup, idOf, runInSidecar, untilAtWork } from './backup.ts'
import { project, type Run } from './releases.ts'
import { compose, docker, until } from './stack.ts'

/** Kills the sidecar in the middle of a verb that works in it, and lets a new one begin. */
export async function killSidecarDuring(words: string[], program: RegExp): Promise<Run> {
  const work = runInSidecar(...words)
  await untilAtWork(idOf('backup'), program)
  docker('kill', idOf('backup'))
  const ended = await work
  // In a container of its own, as after a deploy: what the other one has locked is nobody's.
  compose('prod', 'up', '--detach', '--wait', '--no-deps', '--force-recreate', 'backup')
  return ended
}

/** Kills the container that a restore works in, once this program runs there. */
export async function killRestoreDuring(program: RegExp): Promise<Run> {
  const work = backup('restore', '--live', '--yes')
  const container = await theVerb()
  await untilAtWork(container, program)
  docker('kill', container)
  return await work
}

async function theVerb(): Promise<string> {
  const labels = { project, service: 'backup', oneoff: 'True' }
  const filters = Object.entries(labels).map(
    ([label, value]) => `--filter=label=com.docker.compose.${label}=${value}`,
  )
  const find = () => docker('ps', '--quiet', ...filters).trim()
  await until(async () => find() !== '')
  return find()
}

/** What stands beside the data. */
export const besideTheData = (): string[] =>
  docker('exec', idOf('db'), 'ls', '/var/lib/postgresql/restore').trim().split('\n').filter(Boolean)
