import { StartupFault } from '../env/startup-fault.ts'

/** Runs a program; if it cannot start, says why in sentences and leaves exit code 1. */
export async function startOrExplain(start: () => Promise<void>): Promise<void> {
  try {
    await start()
  } catch (error) {
    const explanation =
      error instanceof StartupFault ? error.message : String((error as Error).stack ?? error)
    process.stderr.write(`${explanation}\n`)
    process.exitCode = 1
  }
}

/** Like startOrExplain, for a program that ends. The schema engine leaves a timer behind that would keep it for ten seconds. */
export async function runJob(job: () => Promise<void>): Promise<never> {
  await startOrExplain(job)
  process.exit()
}
