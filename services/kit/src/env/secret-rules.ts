import type { EnvReader } from './read-env.ts'

/** Values that stand in the repository for development begin so; they are known to everyone. */
const knownPrefix = 'development-only'

/** In production a secret must be long and must not be one that stands in the repository. */
export function requireStrongSecret(env: EnvReader, name: string, value: string, minLength: number): void {
  if (value === '') return
  const remedy = `set ${name} or ${name}_FILE to the output of: openssl rand -base64 48`
  if (value.startsWith(knownPrefix)) env.fault(name, `is the known development value: ${remedy}`)
  else if (value.length < minLength) env.fault(name, `must have at least ${minLength} characters: ${remedy}`)
}

/** In production a database password must be set and must not be one that stands in the repository. */
export function requirePrivatePassword(env: EnvReader, name: string, password: string): void {
  const remedy = `set ${name} or ${name}_FILE to the password of the database role`
  if (password === '') env.fault(name, `is not set: ${remedy}`)
  else if (password.startsWith(knownPrefix)) env.fault(name, `is the known development value: ${remedy}`)
}
