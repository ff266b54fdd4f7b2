import type { Logger } from './create-logger.ts'

export type Repetition = { stop: () => Promise<void> }

/** Does a job now and again and again, never twice at once. A failure does not end it; of several in a row the first is logged. */
export function repeat(job: () => Promise<void>, everyMs: number, logger: Logger): Repetition {
  let isFailing = false
  let isRunning = false
  let running = run()
  const timer = setInterval(() => {
    // What one that takes long has missed is not made up for.
    if (!isRunning) running = run()
  }, everyMs)

  async function run(): Promise<void> {
    isRunning = true
    try {
      await job()
      isFailing = false
    } catch (error) {
      if (!isFailing) logger.warn({ err: error }, 'a repeated job fails')
      isFailing = true
    } finally {
      isRunning = false
    }
  }

  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
