import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from '../programs/run-program.ts'

/** Where a repository of restic is, and how one works there. */
export type ResticPlace = {
  environment: Record<string, string>
  /** That go before each command. */
  words: string[]
  /** Throws ProgramFailed. */
  run: (words: string[], onLine?: (line: string) => void) => Promise<string>
  exists: () => Promise<boolean>
}

/** A folder of the repositories' volume. */
export function placeInFolder(folder: string, key: string): ResticPlace {
  const environment = {
    RESTIC_REPOSITORY: folder,
    RESTIC_PASSWORD: key,
    RESTIC_CACHE_DIR: '/tmp/restic',
    HOME: '/tmp',
  }
  // A lock of a container that was killed would stay for ever.
  const words = ['--retry-lock=2m']
  return {
    environment,
    words,
    run: (command, onLine) => runProgram('restic', [...words, ...command], { environment, onLine }),
    exists: () =>
      stat(join(folder, 'config')).then(
        () => true,
        () => false,
      ),
  }
}
