import { outliveAccessToken, signIn, signOut } from '../fixtures/accounts.ts'
import { save, saveStatus, writeDocument } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test.beforeEach(async ({ page, signedIn: _ }) => {
  await writeDocument(page, 'Draft', 'as saved')
  await page.getByLabel('Text, in Markdown').fill('as written since')
  await expect(saveStatus(page)).toHaveText('Unsaved changes')
})

test('leaving with unsaved changes asks, and staying keeps them', async ({ page }) => {
  await page.getByRole('link', { name: 'Documents' }).click()
  await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Keep editing' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByLabel('Text, in Markdown')).toHaveValue('as written since')

  await page.getByRole('link', { name: 'Documents' }).click()
  await page.getByRole('button', { name: 'Discard changes' }).click()
  await page.getByRole('link', { name: 'Draft' }).click()
  await expect(page.getByLabel('Text, in Markdown')).toHaveValue('as saved')
})

test('signing out with unsaved changes asks first', async ({ page }) => {
  await signOut(page)
  await page.getByRole('button', { name: 'Keep editing' }).click()
  await expect(page.getByLabel('Text, in Markdown')).toHaveValue('as written since')

  await signOut(page)
  await page.getByRole('button', { name: 'Discard changes' }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()
})

test('closing the page with unsaved changes makes the browser ask', async ({ page }) => {
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.accept()
})

test('a save that fails keeps the text, and a retry saves it', async ({ page, faults }) => {
  faults.expect(/ERR_FAILED.*\/api\/documents\//)
  await page.route('**/api/documents/*', (route) => route.abort())
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert')).toContainText('Your text is still here, but it is not saved.')
  await expect(saveStatus(page)).toHaveText('Not saved')
  await expect(page.getByLabel('Text, in Markdown')).toHaveValue('as written since')

  await page.unroute('**/api/documents/*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(saveStatus(page)).toHaveText('Saved')
  await expect(page.getByRole('alert')).toBeHidden()
})

test('a session that ends while writing gives the text back after signing in', async ({
  page,
  person,
  faults,
}) => {
  faults.expect(/401 .*\/auth\/refresh/)
  const address = page.url()
  await page.context().clearCookies()
  await outliveAccessToken(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Your session has ended.')).toBeVisible()

  await signIn(page, person)
  await expect(page).toHaveURL(address)
  await expect(page.getByText('Your unsaved changes are back.')).toBeVisible()
  await expect(page.getByLabel('Text, in Markdown')).toHaveValue('as written since')
  await save(page)
})

test('a document without a title is not saved, and the title is asked for', async ({ page }) => {
  await page.getByLabel('Title').fill('  ')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByLabel('Title')).toBeFocused()
  await expect(page.getByLabel('Title')).toHaveAccessibleDescription('Give the document a title.')
})
