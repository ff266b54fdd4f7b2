import { createLogger } from '@finity/kit/process/create-logger.ts'

/** Says a hundred things in one turn of the event loop, and ends the way that its argument names. */
const ways: Record<string, () => void> = {
  exit: () => process.exit(),
  crash: () => {
    throw new Error('crashed')
  },
  kill: () => {
    logger.fatal('the last words')
    process.kill(process.pid, 'SIGKILL')
  },
}

const logger = createLogger('test', 'info')
for (let line = 0; line < 100; line += 1) logger.info({ line }, 'said')
ways[process.argv[2] ?? '']?.()
