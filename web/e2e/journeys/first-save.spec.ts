import { saveStatus } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test('the first save keeps the caret where it is, and writing goes on', async ({ page, signedIn: _ }) => {
  await page.getByRole('link', { name: 'New document' }).click()
  await page.getByLabel('Title').fill('Log')
  await page.getByLabel('Text, in Markdown').click()
  await page.keyboard.type('one')
  await page.keyboard.press('ControlOrMeta+s')
  await expect(page).toHaveURL(/\/documents\/(?!new)/)
  await page.keyboard.type(' two')
  await expect(page.getByLabel('Text, in Markdown')).toHaveValue('one two')
  await expect(saveStatus(page)).toHaveText('Unsaved changes')
  await page.keyboard.press('ControlOrMeta+s')
  await expect(saveStatus(page)).toHaveText('Saved')

  await page.getByRole('link', { name: 'Documents' }).click()
  await expect(page.getByRole('list', { name: 'Your documents' }).getByRole('link')).toHaveText(['Log'])
  await page.getByRole('link', { name: 'New document' }).click()
  await expect(page.getByLabel('Title')).toHaveValue('')
})
