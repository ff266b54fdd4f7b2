import { MediaNotFound } from './errors.ts'

/** PostgreSQL would refuse a malformed UUID with an error; for a reader it is a medium that does not exist. */
export function requireMediaId(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw new MediaNotFound()
  return id
}
