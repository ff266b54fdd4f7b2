import { expect, test } from 'vitest'
import { budgetsFor, excesses, howToAccept, kindOfBases, readBudgets, weigh } from './support/budgets.ts'
import { built } from './support/built-images.ts'

test('images, their packages and the first page keep their budgets', async () => {
  const budgets = readBudgets()[kindOfBases()]

  const weights = await weigh(built)

  console.table(weights)
  if (Object.keys(budgets).length === 0) {
    console.warn(`There are no budgets for images on bases of this kind, ${kindOfBases()}. ${howToAccept}`)
    return
  }
  expect(excesses(weights, budgets), howToAccept).toEqual([])
})

test('what is over its budget, or has none, is named with the difference', () => {
  const budgets = { 'finity-api, MB': 154, 'finity-api, packages': 120 }

  const found = excesses(
    { 'finity-api, MB': 160.25, 'finity-api, packages': 120, 'finity-new, MB': 3 },
    budgets,
  )

  expect(found).toEqual([
    'finity-api, MB: 160.3, 6.3 more than its budget of 154',
    'finity-new, MB: 3, and there is no budget',
  ])
})

test('what was accepted is in budget', () => {
  const weights = { 'finity-api, MB': 160.25, 'finity-api, packages': 120 }

  const found = excesses(weights, budgetsFor(weights))

  expect(found).toEqual([])
})
