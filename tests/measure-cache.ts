import { bake, editSources } from './support/bake.ts'

/** How long the production images take when nothing has changed, and when only sources have. Run: npm run bench -- cache */
const rounds = 3

function secondsOf(work: () => unknown): number {
  const startedAt = performance.now()
  work()
  return (performance.now() - startedAt) / 1_000
}

const median = (numbers: number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

bake()
const unchanged = Array.from({ length: rounds }, () => secondsOf(bake))
const edited = Array.from({ length: rounds }, () => {
  editSources()
  return secondsOf(bake)
})
console.log(`\nSeconds of docker buildx bake, medians of ${rounds}`)
console.table([
  { what: 'nothing has changed', seconds: median(unchanged).toFixed(1), goal: '2' },
  { what: 'every service and the app were edited', seconds: median(edited).toFixed(1), goal: '10' },
])
