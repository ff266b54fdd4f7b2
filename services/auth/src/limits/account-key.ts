import { hash } from 'node:crypto'

/** What attempts on an account are counted by: no address of a person stands in Redis. */
export function accountKey(email: string): string {
  return hash('sha256', email.trim().toLowerCase(), 'base64url')
}
