const QUIET_MS = 6000

/** The pages that people write with, so that they open without a connection too. */
const pages = [
  () => import('./routes/documents.tsx'),
  () => import('./routes/document.tsx'),
  () => import('../features/documents/components/markdown-text.tsx'),
]

/** Loads them one by one when the page that was asked for has long been there. What fails is loaded when it is needed. */
export function loadAhead() {
  const timer = setTimeout(async () => {
    for (const load of pages) await load().catch(() => null)
  }, QUIET_MS)
  return () => clearTimeout(timer)
}
