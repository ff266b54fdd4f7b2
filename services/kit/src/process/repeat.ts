import type { Logger } from './create-logger.ts'

export type Repetition = { stop: () => Promise<void> }

/** Does a job now and again and again, never twice at once. A failure is logged and does not end it. */
export function repeat(job: () => Promise<void>, everyMs: number, logger: Logger): Repetition {
  let running = run()
  const timer = setInterval(() => {
    running = running.then(run)
  }, everyMs)

  async function run(): Promise<void> {
    await job().catch((error: unknown) => logger.warn({ err: error }, 'a repeated job failed'))
  }

  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
