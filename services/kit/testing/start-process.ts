import { spawn } from 'node:child_process'
import { once } from 'node:events'

export type StartedProcess = {
  pid: number | undefined
  /** Resolves when a line of output holds this text; rejects when the process ends first. */
  says: (text: string) => Promise<string>
  signal: (signal: NodeJS.Signals) => void
  exitCode: Promise<number | null>
  output: () => string
}

/** Runs a program of a service on this very Node, with this environment and nothing else. */
export function startProcess(
  file: string,
  environment: Record<string, string>,
  words: string[] = [],
): StartedProcess {
  const child = spawn(process.execPath, [file, ...words], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exitCode = once(child, 'close').then(([code]) => code as number | null)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
    })
  }

  async function says(text: string): Promise<string> {
    const line = () => output.split('\n').find((candidate) => candidate.includes(text))
    while (line() === undefined) {
      const ended = await Promise.race([
        once(child.stdout, 'data').then(() => false),
        exitCode.then(() => true),
      ])
      if (ended && line() === undefined)
        throw new Error(`The process ended without saying "${text}":\n${output}`)
    }
    return line() as string
  }

  return { pid: child.pid, says, exitCode, output: () => output, signal: (signal) => void child.kill(signal) }
}
