import { spawn } from 'node:child_process'

export type ProgramParts = {
  environment?: Record<string, string> | undefined
  /** Of each line that the program writes, on either stream. */
  onLine?: ((line: string) => void) | undefined
  /** What it reads. */
  input?: string
  /** Ends it, and lets the call throw when it has ended. */
  signal?: AbortSignal
}

export type Ended = { code: number | null; output: string; complaint: string }

/** The program ended with another code than 0; the message has the end of what it said. */
export class ProgramFailed extends Error {}

const keptCharacters = 1_000_000
/** For a program that is to end to put away its locks. */
const endLimitMs = 10_000

/** Runs a program to its end, with this environment and nothing else of ours; throws ProgramFailed. */
export async function runProgram(
  program: string,
  words: string[],
  parts: ProgramParts = {},
): Promise<string> {
  const ended = await endProgram(program, words, parts)
  if (ended.code === 0) return ended.output
  throw failure(program, words, ended)
}

export function failure(program: string, words: string[], { code, complaint, output }: Ended): ProgramFailed {
  const command = words.find((word) => !word.startsWith('-')) ?? ''
  return new ProgramFailed(`${program} ${command} failed (${code}): ${findReason(complaint, output)}`)
}

/** As above, whatever its code. */
export async function endProgram(
  program: string,
  words: string[],
  { environment, onLine, input = '', signal }: ProgramParts = {},
): Promise<Ended> {
  const child = spawn(program, words, { env: { PATH: searchPath, LANG: 'C.UTF-8', ...environment }, signal })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    let rest = ''
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      said[name] = (said[name] + chunk).slice(-keptCharacters)
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) onLine?.(line)
    })
  }
  // It may end without having read it all.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  signal?.addEventListener('abort', () => setTimeout(() => child.kill('SIGKILL'), endLimitMs).unref())
  let fault: Error | undefined
  child.on('error', (error) => {
    fault = error
  })
  // Not before: who waits for this lets go of the lock under which the program works.
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (fault) throw fault
  return { code, output: said.stdout, complaint: said.stderr }
}

export const searchPath = '/usr/local/bin:/usr/bin:/bin:/usr/lib/postgresql/18/bin'

/** From its first error on, or the end of what it said. */
function findReason(complaint: string, output: string): string {
  const lines = (complaint.trim() || output.trim()).split('\n')
  const from = lines.findIndex((line) => /\b(error|fatal)\b/i.test(line) && !/end: aborted/.test(line))
  const telling = from < 0 ? lines.slice(-3) : lines.slice(from)
  return telling.join(' ').replaceAll(/\s+/g, ' ').slice(0, 500)
}
