import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { searchPath } from './run-program.ts'

/** Of those who had better wait for another one than fail. */
export const lockLimitSeconds = 600

export class AlreadyAtWork extends Error {}

/** Whether somebody is at it now, in whichever container. */
export async function isAtWork(repository: string, what: string): Promise<boolean> {
  try {
    await workAlone(repository, what, async () => {})
    return false
  } catch (error) {
    if (error instanceof AlreadyAtWork) return true
    throw error
  }
}

/**
 * Does a work that only one may do at a time, in whichever container. The kernel lets go of the lock when its holder ends, however that
 * comes about; so what a killed one has left is nobody's. Throws AlreadyAtWork when the other one is still at it after so many seconds.
 */
export async function workAlone<T>(
  repository: string,
  what: string,
  work: () => Promise<T>,
  waitSeconds = 0,
): Promise<T> {
  const folder = join(repository, 'locks')
  mkdirSync(folder, { recursive: true })
  // It holds the lock until its input ends, and that ends with this process.
  const holder = spawn(
    'flock',
    [`--timeout=${waitSeconds}`, join(folder, `${what}.lock`), 'sh', '-c', 'echo held; exec cat'],
    {
      env: { PATH: searchPath },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const ended = once(holder, 'close')
  const isHeld = await Promise.race([once(holder.stdout, 'data').then(() => true), ended.then(() => false)])
  if (!isHeld) throw new AlreadyAtWork(`Another ${what} is at work. Wait for its end, then run this again.`)
  try {
    return await work()
  } finally {
    holder.stdin.end()
    await ended
  }
}
