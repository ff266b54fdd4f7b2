import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The first of several places that exists; the same code runs from source and from a bundle, where files lie elsewhere. */
export function firstExisting(...places: URL[]): string {
  const found = places.find((place) => existsSync(place))
  if (!found) throw new Error(`None of these exist: ${places.map((place) => place.pathname).join(', ')}`)
  return fileURLToPath(found)
}
