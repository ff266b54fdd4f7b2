import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { searchPath } from './run-program.ts'

/**
 * Works while no other container that shares the file's volume does. The kernel holds the lock for a process of ours that ends with us,
 * so that nothing is left of one that was killed.
 */
export async function withLock<T>(file: string, waitSeconds: number, work: () => Promise<T>): Promise<T> {
  const holder = spawn('flock', [`--timeout=${waitSeconds}`, file, 'sh', '-c', 'echo held; exec cat'], {
    env: { PATH: searchPath },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const ended = once(holder, 'close')
  const isHeld = await Promise.race([once(holder.stdout, 'data').then(() => true), ended.then(() => false)])
  if (!isHeld) throw new Error('The same is under way in another container.')
  try {
    return await work()
  } finally {
    holder.stdin.end()
    await ended
  }
}
