import type { Page } from '@playwright/test'
import { writeDocument } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test.use({ viewport: { width: 320, height: 640 } })

test('no page scrolls sideways on a screen of 320 pixels', async ({ page, person }) => {
  const visitorPages = ['/', '/register', '/sign-in', '/nowhere', '/forgot-password', '/reset-password']
  for (const address of [...visitorPages, '/reset-password#token=any', '/verify']) {
    await page.goto(address)
    await expectNoSidewaysScroll(page)
  }

  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible()
  await expectNoSidewaysScroll(page)
  await writeDocument(page, 'Donaudampfschifffahrtsgesellschaft'.repeat(4), 'word'.repeat(200))
  await expectNoSidewaysScroll(page)
  await page.getByRole('link', { name: 'Documents' }).click()
  await expect(page.getByRole('list', { name: 'Your documents' })).toBeVisible()
  await expectNoSidewaysScroll(page)
})

async function expectNoSidewaysScroll(page: Page) {
  await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
  const excess = await page.evaluate(() => document.body.scrollWidth - document.body.clientWidth)
  expect(excess, page.url()).toBeLessThanOrEqual(0)
}
