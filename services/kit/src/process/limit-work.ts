import { ServiceUnavailable } from '../http/http-errors.ts'

export type WorkLimit = (<T>(task: () => Promise<T>) => Promise<T>) & {
  /** How many tasks wait now. */
  waiting: () => number
}

/**
 * Lets `concurrency` tasks run at once and `queueLimit` wait; one more is refused with 503.
 * Waiting longer would only serve clients that have given up.
 */
export function limitWork({
  concurrency,
  queueLimit,
}: {
  concurrency: number
  queueLimit: number
}): WorkLimit {
  const waiting: (() => void)[] = []
  let running = 0

  async function takeTurn(): Promise<void> {
    if (running < concurrency) {
      running += 1
      return
    }
    if (waiting.length >= queueLimit) throw new ServiceUnavailable('OVERLOADED', 1)
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  /** A finished task hands its place on, so the count changes only when nobody waits. */
  function passTurn(): void {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }

  async function run<T>(task: () => Promise<T>): Promise<T> {
    await takeTurn()
    try {
      return await task()
    } finally {
      passTurn()
    }
  }

  return Object.assign(run, { waiting: () => waiting.length })
}
