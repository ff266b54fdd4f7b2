import { paths } from './paths.ts'

// Any origin serves: it only shows whether a value leaves the one it is resolved against.
const ORIGIN = 'https://finity.invalid'

/** The page to open after signing in. Anything that could lead off this site becomes the documents page. */
export function safeReturnPath(value: string | null): string {
  if (!value?.startsWith('/') || !URL.canParse(value, ORIGIN)) return paths.documents
  const url = new URL(value, ORIGIN)
  // "/.//host" resolves to the path "//host", which a browser would read as another site.
  if (url.origin !== ORIGIN || url.pathname.startsWith('//')) return paths.documents
  if (url.pathname === paths.signOut) return paths.documents
  return url.pathname + url.search + url.hash
}
