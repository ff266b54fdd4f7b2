import { accept, excessesOn, howToAccept, kindOfBases, readBudgets, weigh } from './support/budgets.ts'
import { tagged } from './support/built-images.ts'

/** What scripts/budgets.sh runs: prints weights beside their budgets, or with --accept the file with these weights as budgets. */
const budgets = readBudgets()
const kind = kindOfBases()
const weights = await weigh(tagged)
if (process.argv[2] === '--accept') {
  console.log(JSON.stringify(accept(kind, weights, budgets), null, 2))
} else {
  console.table(
    Object.entries(weights).map(([what, weight]) => ({
      what,
      weight: Number(weight.toFixed(1)),
      budget: { ...budgets.every, ...budgets[kind] }[what],
    })),
  )
  const found = excessesOn(kind, weights, budgets)
  if (found.length > 0) {
    console.error(['', ...found, howToAccept].join('\n'))
    process.exitCode = 1
  }
}
