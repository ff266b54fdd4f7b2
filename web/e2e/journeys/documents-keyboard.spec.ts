import { listedDocuments, saveStatus, textField } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test('a document is made, tagged, found, deleted and brought back with the keyboard alone', async ({
  page,
  signedIn: _,
}) => {
  const { keyboard } = page

  await test.step('write and tag it', async () => {
    await page.getByRole('link', { name: 'New document' }).focus()
    await keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'New document' })).toBeFocused()
    await page.getByLabel('Title').focus()
    await keyboard.type('By hand')
    await keyboard.press('Tab')
    await keyboard.type('garden,Green house')
    await keyboard.press('Enter')
    await keyboard.type('wrong')
    await keyboard.press('Enter')
    await keyboard.press('Backspace')
    await expect(page.getByLabel('Tags', { exact: true })).toHaveValue('wrong')
    await keyboard.press('ControlOrMeta+a')
    await keyboard.press('Delete')
    await expect(page.getByRole('list', { name: 'Tags of this document' })).toHaveText(/garden.*Green house/)
    await textField(page).focus()
    await keyboard.type('Words.')
    await keyboard.press('ControlOrMeta+s')
    await expect(saveStatus(page)).toHaveText('Saved')
  })

  await test.step('find it by its tag', async () => {
    await page.getByRole('link', { name: 'All documents' }).focus()
    await keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Documents' })).toBeFocused()
    const tags = page.getByLabel('Tag')
    await expect(tags).toContainText('garden')
    await tags.focus()
    await keyboard.type('gar')
    await keyboard.press('Enter')
    await expect(page).toHaveURL('/documents?tag=garden')
    await listedDocuments(page).first().focus()
    await keyboard.press('Enter')
    await expect(page.getByLabel('Title')).toHaveValue('By hand')
  })

  await test.step('delete it, and undo that', async () => {
    await page.getByRole('button', { name: 'Delete' }).focus()
    await keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Documents' })).toBeFocused()
    await page.getByRole('button', { name: 'Undo' }).focus()
    await keyboard.press('Enter')
    await expect(listedDocuments(page)).toHaveText(['By hand'])
  })
})
