import type { EnvReader } from './read-env.ts'
import { requireStrongSecret } from './secret-rules.ts'

/** The values of something that is replaced now and then, newest first: the first makes what is new, each is good for what it made. */
export type Generations<T> = () => readonly [T, ...T[]]

/** A secret file may get other lines while the process runs; it is looked at again after this. */
const lookAgainMs = 1_000

/** A secret whose file holds a value a line: `sh scripts/rotate.sh token-secrets` puts a new one before the last (docs/decisions/0023). */
export function readSecret(
  env: EnvReader,
  name: string,
  { isProduction, ...hints }: { isProduction: boolean; default?: string },
): Generations<string> {
  let known = linesOf(env.text(name, { example: 'the-output-of-openssl-rand-base64-48', ...hints }))
  if (isProduction) requireStrongSecret(env, name, known[0], 32)
  const readFile = env.fileReader(name)
  if (!readFile) return () => known
  const readLines = () => {
    try {
      return linesOf(readFile())
    } catch {
      return known
    }
  }
  let readAt = performance.now()
  return () => {
    if (performance.now() - readAt < lookAgainMs) return known
    readAt = performance.now()
    const lines = readLines()
    // Somebody may be writing it right now, or have taken away the right to read it.
    if (lines[0] !== '') known = lines
    return known
  }
}

/** What is derived from each value, made once for each. */
export function derive<S, T>(secret: Generations<S>, make: (value: S) => T): Generations<T> {
  let source: readonly S[] = []
  let made: readonly [T, ...T[]] | undefined
  return () => {
    const values = secret()
    if (made && values === source) return made
    const [newest, ...older] = values
    source = values
    made = [make(newest), ...older.map(make)]
    return made
  }
}

function linesOf(text: string): readonly [string, ...string[]] {
  const [newest = '', ...older] = text.split(/\r?\n/).filter(Boolean)
  return [newest, ...older]
}
