const STORAGE_KEY = 'finity.reloaded-at'
const MIN_INTERVAL_MS = 30_000

let hasMissingChunk = false

// A tab that was opened before a release asks for files that only the previous release had.
globalThis.addEventListener('vite:preloadError', () => {
  hasMissingChunk = true
})

/** Loads the page anew, and with it the current release; at most once in a while, so a lasting fault shows. */
export function reloadIfStale() {
  if (!hasMissingChunk) return
  const reloadedAt = Number(sessionStorage.getItem(STORAGE_KEY))
  if (Date.now() - reloadedAt < MIN_INTERVAL_MS) return
  sessionStorage.setItem(STORAGE_KEY, String(Date.now()))
  location.reload()
}
