import { expect, test } from '../fixtures/test.ts'

test('on a phone a menu leads to every page, and Escape closes it', async ({ page, signedIn }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  const opener = page.getByRole('button', { name: 'Menu' })
  const menu = page.getByRole('navigation', { name: 'Main' })
  await opener.focus()
  await page.keyboard.press('Enter')
  await expect(menu).toContainText(signedIn.email)
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(opener).toBeFocused()

  for (const name of ['Media', 'Billing', 'Account', 'Documents']) {
    await opener.click()
    await menu.getByRole('link', { name }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeFocused()
    await expect(menu).toBeHidden()
  }
})

test('on a wide screen the pages are a row of links that says where one is', async ({
  page,
  signedIn: _,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  const navigation = page.getByRole('navigation', { name: 'Main' })
  await expect(page.getByRole('button', { name: 'Menu' })).toBeHidden()
  await expect(navigation.getByRole('link', { name: 'Documents' })).toHaveAttribute('aria-current', 'page')

  await navigation.getByRole('link', { name: 'Billing' }).click()

  await expect(navigation.getByRole('link', { name: 'Billing' })).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('heading', { level: 1, name: 'Billing' })).toBeFocused()
})

test('an address of no page leads back to the start', async ({ page, signedIn: _, faults }) => {
  faults.expect(/404/)
  await page.goto('/nowhere')
  await page.getByRole('link', { name: 'To the start page' }).click()
  await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible()
})
