import { spawn } from 'node:child_process'
import { once } from 'node:events'

export type ProgramParts = {
  environment: Record<string, string>
  /** Of each line that the program writes, on either stream. */
  onLine?: (line: string) => void
  signal?: AbortSignal
}

export type Ended = { code: number | null; output: string; complaint: string }

/** The program ended with another code than 0. `complaint` is the end of what it said. */
export class ProgramFailed extends Error {
  readonly program: string
  readonly code: number | null
  readonly complaint: string

  constructor(program: string, { code, complaint, output }: Ended) {
    const said = lastLines(complaint.trim() || output.trim(), 3)
    super(`${program} failed (${code}): ${said}`)
    this.program = program
    this.code = code
    this.complaint = said
  }
}

const keptCharacters = 200_000

/** Runs a program to its end, with this environment and nothing else of ours; throws ProgramFailed. */
export async function runProgram(program: string, words: string[], parts: ProgramParts): Promise<string> {
  const ended = await endProgram(program, words, parts)
  if (ended.code !== 0) throw new ProgramFailed(`${program} ${words.find((word) => !word.startsWith('-'))}`, ended)
  return ended.output
}

export async function endProgram(
  program: string,
  words: string[],
  { environment, onLine, signal }: ProgramParts,
): Promise<Ended> {
  const child = spawn(program, words, {
    env: { PATH: environmentPath, LANG: 'C.UTF-8', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGTERM',
  })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    let rest = ''
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      said[name] = (said[name] + chunk).slice(-keptCharacters)
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      if (onLine) for (const line of lines) onLine(line)
    })
  }
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output: said.stdout, complaint: said.stderr }
}

const environmentPath = '/usr/local/bin:/usr/bin:/bin:/usr/lib/postgresql/18/bin'

function lastLines(text: string, count: number): string {
  return text.split('\n').slice(-count).join(' ').slice(-500)
}
