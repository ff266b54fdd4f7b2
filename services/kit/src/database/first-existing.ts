import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The first of several places that exists; the same code runs from source and from a bundle, where files lie elsewhere. */
export function firstExisting(...places: URL[]): string {
  const found = places.find((place) => existsSync(place))
  if (!found) throw new Error(`None of these exist: ${places.map((place) => place.pathname).join(', ')}`)
  return fileURLToPath(found)
}

/** Where an installed package has this file; nowhere for a bundle, which runs without node_modules. */
export function inPackage(file: string): URL[] {
  try {
    return [pathToFileURL(createRequire(import.meta.url).resolve(file))]
  } catch {
    return []
  }
}
