import { expect, test } from 'vitest'
import {
  accept,
  excesses,
  excessesOn,
  howToAccept,
  kindOfBases,
  readBudgets,
  weigh,
} from './support/budgets.ts'
import { built } from './support/built-images.ts'

test('images, their packages and the first page keep their budgets', async () => {
  const weights = await weigh(built)

  console.table(weights)
  expect(excessesOn(kindOfBases(), weights, readBudgets()), howToAccept).toEqual([])
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

const page = 'first page, kB of JavaScript'

test('what was accepted is in budget', () => {
  const weights = { 'finity-api, MB': 160.25, 'finity-api, packages': 120, [page]: 110 }

  const found = excessesOn('official', weights, accept('official', weights, readBudgets()))

  expect(found).toEqual([])
})

test('the first page has its budget also where nothing was accepted yet for images on these bases', () => {
  const budgets = { every: { [page]: 110 }, official: {}, 'stand-in': {} }

  const found = excessesOn('official', { 'finity-api, MB': 160.25, [page]: 130 }, budgets)

  expect(found).toEqual([`${page}: 130, 20 more than its budget of 110`])
})
