import type { Page } from '@playwright/test'
import { listedDocuments, textField, writeDocument, writeDocumentsByRequest } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test('a document is deleted without a question, and undone at once', async ({ page, signedIn: _ }) => {
  await writeDocument(page, 'Old plans', 'no longer true')
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('“Old plans” is in the trash.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible()

  await page.getByRole('button', { name: 'Undo' }).click()

  await page.getByRole('link', { name: 'Old plans' }).click()
  await expect(textField(page)).toHaveValue('no longer true')
})

test('what is written last before deleting comes back with the rest', async ({ page, signedIn: _ }) => {
  await writeDocument(page, 'Old plans', 'as saved')
  await textField(page).fill('as written a moment ago')
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()

  await page.getByRole('link', { name: 'Old plans' }).click()

  await expect(textField(page)).toHaveValue('as written a moment ago')
})

test('a document that was deleted is read and restored at its address', async ({ page, signedIn: _ }) => {
  await writeDocument(page, 'Old plans', 'once *more*')
  const address = page.url()
  const deleted = page.waitForResponse((answer) => answer.request().method() === 'DELETE')
  await page.getByRole('button', { name: 'Delete' }).click()
  await deleted
  await page.goto(address)
  await expect(page.getByText('This document is in the trash.')).toBeVisible()
  await expect(page.getByText('once more')).toBeVisible()

  await page.getByRole('button', { name: 'Restore' }).click()

  await expect(textField(page)).toHaveValue('once *more*')
})

test('the trash gives back one document, and deletes another for good after a question', async ({
  page,
  person,
  request,
  signedIn: _,
}) => {
  await writeDocumentsByRequest(request, person, ['Keep', 'Lose'])
  await page.reload()
  await deleteByPage(page, 'Keep')
  await deleteByPage(page, 'Lose')
  await page.getByRole('link', { name: 'Trash' }).click()

  await page.getByRole('button', { name: 'Restore “Keep”' }).click()
  await expect(page.getByText('“Keep” is back in your documents.')).toBeVisible()
  await page.getByRole('button', { name: 'Delete for good: “Lose”' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Delete for good: “Lose”' })).toBeFocused()
  await page.getByRole('button', { name: 'Delete for good: “Lose”' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()

  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible()
  await page.getByRole('link', { name: 'All documents' }).click()
  await expect(listedDocuments(page)).toHaveText(['Keep'])
})

test('the trash is emptied after a question, and nothing of it can be found again', async ({
  page,
  signedIn: _,
  faults,
}) => {
  faults.expect(/404 .*\/api\/documents\//)
  await writeDocument(page, 'Old plans', '')
  const address = page.url()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('link', { name: 'Trash' }).click()

  await page.getByRole('button', { name: 'Empty the trash' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Empty the trash' }).click()

  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible()
  await page.goto(address)
  await expect(page.getByRole('heading', { name: 'No such document' })).toBeVisible()
})

async function deleteByPage(page: Page, title: string) {
  await page.getByRole('link', { name: title }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText(`“${title}” is in the trash.`)).toBeVisible()
}
