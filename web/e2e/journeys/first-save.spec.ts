import { backToList, listedDocuments, saveStatus, textField } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test('the first save keeps the caret where it is, and writing goes on', async ({ page, signedIn: _ }) => {
  await page.getByRole('link', { name: 'New document' }).click()
  await page.getByLabel('Title').fill('Log')
  await textField(page).click()
  await page.keyboard.type('one')
  await expect(page).toHaveURL(/\/documents\/(?!new)/)
  await page.keyboard.type(' two')
  await expect(textField(page)).toHaveValue('one two')
  await expect(saveStatus(page)).toHaveText('Unsaved changes')
  await expect(saveStatus(page)).toHaveText('Saved')

  await backToList(page)
  await expect(listedDocuments(page)).toHaveText(['Log'])
  await page.getByRole('link', { name: 'New document' }).click()
  await expect(page.getByLabel('Title')).toHaveValue('')
})
