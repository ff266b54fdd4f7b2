const QUIET_MS = 2000

/** The pages that people write with, so that they open without a connection too. */
const pages = [
  () => import('./routes/documents.tsx'),
  () => import('./routes/document.tsx'),
  () => import('../features/documents/components/markdown-text.tsx'),
]

/** Loads them when the page that was asked for is there. What fails is loaded when it is needed. */
export function loadAhead() {
  const timer = setTimeout(() => Promise.allSettled(pages.map((load) => load())), QUIET_MS)
  return () => clearTimeout(timer)
}
