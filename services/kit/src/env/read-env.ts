import { readFileSync } from 'node:fs'
import { StartupFault } from './startup-fault.ts'

export type Environment = Record<string, string | undefined>

export type EnvFault = { name: string; problem: string; example: string | undefined }

/** Startup only. The message lists every fault at once, so that one edit mends them all. */
export class ConfigInvalid extends StartupFault {
  readonly faults: EnvFault[]

  constructor(faults: EnvFault[]) {
    const lines = faults.map(({ name, problem, example }) =>
      example === undefined
        ? `  ${name}: ${problem}`
        : `  ${name}: ${problem}, for example ${name}=${example}`,
    )
    super(['The environment is not complete:', ...lines].join('\n'))
    this.faults = faults
  }
}

/**
 * Runs `read` with typed readers over `environment` and returns its result, or throws ConfigInvalid with all faults.
 * Every variable may come as NAME or as NAME_FILE, the path of a file that holds the value; an empty one counts as unset.
 */
export function readEnv<T>(environment: Environment, read: (env: EnvReader) => T): T {
  const env = new EnvReader(environment)
  const result = read(env)
  if (env.faults.length > 0) throw new ConfigInvalid(env.faults)
  return result
}

type Hints<T> = { default?: T; example?: string }

export class EnvReader {
  readonly faults: EnvFault[] = []
  readonly #environment: Environment

  constructor(environment: Environment) {
    this.#environment = environment
  }

  /** The raw value, or undefined when neither form is set. */
  optional(name: string): string | undefined {
    const file = this.#environment[`${name}_FILE`]
    const value = this.#environment[name]
    if (value && file) return this.fault(name, `is set twice, as ${name} and as ${name}_FILE: keep one`)
    return file ? this.#readFile(name, file) : value || undefined
  }

  /** Reads a value that comes as a file, as the file is then; null when it comes by itself, or not at all. */
  fileReader(name: string): (() => string) | null {
    const file = this.#environment[`${name}_FILE`]
    return file ? () => readWithoutNewline(file) : null
  }

  text(name: string, hints: Hints<string> = {}): string {
    const value = this.optional(name) ?? hints.default
    if (value === undefined) this.#missing(name, hints.example)
    return value ?? ''
  }

  integer(name: string, hints: Hints<number> & { min: number; max: number }): number {
    const value = this.optional(name)
    if (value === undefined && hints.default !== undefined) return hints.default
    const number = /^\d{1,15}$/.test(value ?? '') ? Number(value) : Number.NaN
    if (number >= hints.min && number <= hints.max) return number
    this.fault(
      name,
      `must be a whole number from ${hints.min} to ${hints.max}`,
      hints.example ?? `${hints.default ?? hints.min}`,
    )
    return hints.min
  }

  choice<T extends string>(name: string, choices: readonly T[], hints: Hints<T> = {}): T {
    const value = this.optional(name) ?? hints.default
    const choice = choices.find((known) => known === value)
    if (choice === undefined)
      this.fault(name, `must be one of ${choices.join(', ')}`, hints.example ?? choices[0])
    return choice ?? (choices[0] as T)
  }

  /** A length of time, at least a second. */
  seconds(name: string, fallback: number, max: number): number {
    return this.integer(name, { default: fallback, min: 1, max })
  }

  /** True or false, in the spellings of .env files and of Python. */
  flag(name: string, fallback: boolean): boolean {
    const value = this.optional(name)?.toLowerCase()
    if (value === undefined) return fallback
    if (!['true', 'false', '1', '0'].includes(value))
      this.fault(name, 'must be true or false', String(fallback))
    return value === 'true' || value === '1'
  }

  url(name: string, protocols: string[], hints: Hints<string> = {}): string {
    const value = this.text(name, hints)
    const isUrl = URL.canParse(value) && protocols.includes(new URL(value).protocol)
    if (value !== '' && !isUrl)
      this.fault(name, `must be a URL that begins with ${protocols.join(' or ')}`, hints.example)
    return value
  }

  /** Notes what is wrong with a variable; the caller goes on, so that the other faults are found too. */
  fault(name: string, problem: string, example?: string): undefined {
    this.faults.push({ name, problem, example })
  }

  #missing(name: string, example?: string): void {
    if (!this.faults.some((fault) => fault.name === name)) this.fault(name, 'is not set', example)
  }

  #readFile(name: string, file: string): string | undefined {
    try {
      return readWithoutNewline(file) || undefined
    } catch (error) {
      return this.fault(
        name,
        `${name}_FILE names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`,
      )
    }
  }
}

/** An editor ends a file with a newline; a secret does not end with one. */
function readWithoutNewline(file: string): string {
  return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
}
