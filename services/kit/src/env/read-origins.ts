import type { EnvReader } from './read-env.ts'

/**
 * Browser origins from a comma-separated list, or from a JSON list as FastAPI projects write it.
 * A wildcard is refused: answers carry credentials. Returns origins in their canonical form, without a trailing slash.
 */
export function readOrigins(env: EnvReader, ...names: string[]): string[] {
  return [...new Set(names.flatMap((name) => readOne(env, name)))]
}

function readOne(env: EnvReader, name: string): string[] {
  const entries = (env.optional(name) ?? '')
    .replace(/^\s*\[|\]\s*$/g, '')
    .split(',')
    .map((entry) => entry.trim().replace(/^"|"$/g, ''))
    .filter((entry) => entry !== '')
  if (!entries.every(isOrigin))
    env.fault(name, 'must list origins, separated by commas', 'https://app.example.com')
  return entries.filter(isOrigin).map((entry) => new URL(entry).origin)
}

function isOrigin(entry: string): boolean {
  if (!URL.canParse(entry)) return false
  const { protocol, pathname, search, hash } = new URL(entry)
  return /^https?:$/.test(protocol) && pathname + search + hash === '/'
}
