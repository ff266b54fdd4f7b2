import type { Page } from '@playwright/test'
import { outliveAccessToken, signIn, signOut } from '../fixtures/accounts.ts'
import { backToList, listTitles, save, saveStatus, textField, writeDocument } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test.beforeEach(async ({ page, signedIn: _ }) => {
  await writeDocument(page, 'Draft', 'as saved')
  await textField(page).fill('as written since')
  await expect(saveStatus(page)).toHaveText('Unsaved changes')
})

test('what is written saves by itself', async ({ page }) => {
  await expect(saveStatus(page)).toHaveText('Saved')
  await page.reload()
  await expect(textField(page)).toHaveValue('as written since')
})

test('leaving right after writing loses nothing', async ({ page }) => {
  await backToList(page)
  await page.getByRole('link', { name: 'Draft' }).click()
  await expect(textField(page)).toHaveValue('as written since')
  await expect(saveStatus(page)).toHaveText('Saved')
})

test('signing out right after writing saves first', async ({ page, person }) => {
  await signOut(page)
  await expect(page.getByText('You are signed out.')).toBeVisible()

  await signIn(page, person)
  await page.getByRole('link', { name: 'Draft' }).click()
  await expect(textField(page)).toHaveValue('as written since')
})

test('signing out with text that cannot be saved asks first', async ({ page, faults }) => {
  faults.expect(/ERR_FAILED.*\/api\/documents\//)
  await page.route('**/api/documents/*', (route) => route.abort())
  await signOut(page)
  await expect(page.getByRole('dialog', { name: 'Sign out without saving?' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Stay signed in' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(textField(page)).toHaveValue('as written since')

  await signOut(page)
  await page.getByRole('button', { name: 'Discard and sign out' }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()
  expect(await keptText(page)).not.toContain('as written since')
})

test('closing the page right after writing loses nothing', async ({ page, context, faults }) => {
  // The save of the closing page may still arrive. The next page meets it, and finds that it says the same.
  faults.expect(/412.*\/api\/documents\//)
  const address = page.url()
  await page.close({ runBeforeUnload: true })
  const nextVisit = await context.newPage()
  await nextVisit.goto(address)
  await expect(textField(nextVisit)).toHaveValue('as written since')
  await expect(saveStatus(nextVisit)).toHaveText('Saved')
})

test('a browser that keeps nothing asks before the page is closed', async ({ page, faults }) => {
  faults.expect(/ERR_FAILED.*\/api\/documents\//)
  await page.route('**/api/documents/*', (route) => route.abort())
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await textField(page).fill('as written on a full device')
  await expect(page.getByRole('alert')).toContainText('This browser keeps nothing for us')

  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.accept()
})

test('a save that fails keeps the text, and saves it by itself later', async ({ page, faults }) => {
  faults.expect(/503 .*\/api\/documents\//)
  await page.route('**/api/documents/*', (route) => route.fulfill({ status: 503, json: {} }))
  await expect(saveStatus(page)).toHaveText('Not saved yet – kept on this device, trying again')
  await expect(textField(page)).toHaveValue('as written since')

  await page.unroute('**/api/documents/*')
  await expect(saveStatus(page)).toHaveText('Saved')
})

test('a text that the service refuses is kept, and says what is wrong with it', async ({ page, faults }) => {
  faults.expect(/413 .*\/api\/documents\//)
  await page.route('**/api/documents/*', (route) => route.fulfill({ status: 413, json: {} }))
  await expect(textField(page)).toHaveAccessibleDescription(/The text is too long/)
  await expect(saveStatus(page)).toHaveText('Kept on this device – cannot be saved like this')

  await page.unroute('**/api/documents/*')
  await textField(page).fill('shorter')
  await expect(saveStatus(page)).toHaveText('Saved')
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
  await page.keyboard.press('ControlOrMeta+s')
  await expect(page.getByText('Your session has ended.')).toBeVisible()

  await signIn(page, person)
  await expect(page).toHaveURL(address)
  await expect(page.getByText('Your unsaved changes are back.')).toBeVisible()
  await expect(textField(page)).toHaveValue('as written since')
  await save(page)
})

test('a document without a title is not saved, and the title is asked for', async ({ page }) => {
  await page.getByLabel('Title').fill('  ')
  await expect(saveStatus(page)).toHaveText('Kept on this device – needs a title to be saved')
  await textField(page).focus()
  await page.keyboard.press('ControlOrMeta+s')
  await expect(page.getByLabel('Title')).toBeFocused()
  await expect(page.getByLabel('Title')).toHaveAccessibleDescription('Give the document a title.')
})

test('a document that was deleted for good elsewhere goes on as a new one', async ({
  page,
  person,
  request,
  faults,
}) => {
  faults.expect(/404 .*\/api\/documents\//)
  const gone = { status: 404, json: { status: 404, detail: 'DOCUMENT_NOT_FOUND' } }
  await page.route('**/api/documents/*', (route) => route.fulfill(gone))
  await expect(page.getByRole('alert')).toContainText('This document was deleted for good elsewhere.')
  await page.unroute('**/api/documents/*')

  await page.getByRole('button', { name: 'Save it as a new document' }).click()

  await expect(saveStatus(page)).toHaveText('Saved')
  await expect(textField(page)).toHaveValue('as written since')
  expect(await listTitles(request, person)).toEqual(['Draft', 'Draft'])
})

function keptText(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))
}
