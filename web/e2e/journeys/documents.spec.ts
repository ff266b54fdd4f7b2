import { writeDocument, writeDocumentsByRequest } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test('a document is deleted after a question, and stays deleted', async ({ page, signedIn: _, faults }) => {
  faults.expect(/404 .*\/api\/documents\//)
  await writeDocument(page, 'Old plans', 'no longer true')
  const address = page.url()

  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Delete' })).toBeFocused()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete document' }).click()

  await expect(page.getByText('“Old plans” is deleted.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible()
  await page.goto(address)
  await expect(page.getByRole('heading', { name: 'No such document' })).toBeVisible()
})

test('the list shows the newest change first and loads more', async ({
  page,
  person,
  request,
  signedIn: _,
}) => {
  const titles = Array.from({ length: 25 }, (_item, index) => `Entry ${index + 1}`)
  await writeDocumentsByRequest(request, person, titles)
  await page.reload()

  const entries = page.getByRole('list', { name: 'Your documents' }).getByRole('link')
  await expect(entries).toHaveCount(20)
  await expect(entries.first()).toHaveText('Entry 25')
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(entries).toHaveCount(25)
  await expect(entries.nth(20)).toBeFocused()
  await expect(entries.last()).toHaveText('Entry 1')
  await expect(page.getByRole('button', { name: 'Load more' })).toBeHidden()
})

test('an edit moves its document to the top of the list', async ({ page, person, request, signedIn: _ }) => {
  await writeDocumentsByRequest(request, person, ['First', 'Second'])
  await page.reload()
  await page.getByRole('link', { name: 'First' }).click()
  await page.getByLabel('Text, in Markdown').fill('changed')
  await page.keyboard.press('ControlOrMeta+s')
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()

  await page.getByRole('link', { name: 'Documents' }).click()
  await expect(page.getByRole('list', { name: 'Your documents' }).getByRole('link')).toHaveText([
    'First',
    'Second',
  ])
})

test('a list that cannot be loaded says so and loads on a retry', async ({ page, signedIn: _, faults }) => {
  faults.expect(/ERR_FAILED.*\/api\/documents/)
  await page.route('**/api/documents?*', (route) => route.abort())
  await page.reload()
  await expect(page.getByRole('alert')).toContainText('Finity cannot be reached.')

  await page.unroute('**/api/documents?*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible()
})
