import type { Page } from '@playwright/test'
import {
  backToList,
  changeElsewhere,
  listedDocuments,
  saveStatus,
  textField,
  writeDocumentsByRequest,
} from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

/** Someone has written in an open document while it was saved by another device. */
test.beforeEach(async ({ page, person, request, signedIn: _, faults }) => {
  faults.expect(/412 .*\/api\/documents\//)
  const [id = ''] = await writeDocumentsByRequest(request, person, [
    { title: 'Shopping', content: 'milk\nbread\nsalt' },
  ])
  await page.goto(`/documents/${id}`)
  await expect(textField(page)).toHaveValue('milk\nbread\nsalt')
  await changeElsewhere(request, person, id, { content: 'milk\nrye bread\nsalt' })
  await textField(page).fill('milk\nwhite bread\nsalt')
})

test('a conflict shows both versions where they part', async ({ page }) => {
  const dialog = page.getByRole('dialog', { name: 'Changed elsewhere' })

  await expect(dialog).toContainText('saved from another device or window just now')
  await expect(dialog.getByRole('figure', { name: 'Yours, on this device' })).toContainText('white bread')
  await expect(dialog.getByRole('figure', { name: 'Saved elsewhere' })).toContainText('rye bread')
})

test('keeping mine saves it over the other', async ({ page }) => {
  await choose(page, 'Keep yours')

  await expect(saveStatus(page)).toHaveText('Saved')
  await page.reload()
  await expect(textField(page)).toHaveValue('milk\nwhite bread\nsalt')
})

test('taking the other shows it in the editor', async ({ page }) => {
  await choose(page, 'Take the saved one')

  await expect(textField(page)).toHaveValue('milk\nrye bread\nsalt')
  await expect(saveStatus(page)).toHaveText('Saved')
})

test('keeping both makes mine a document of its own', async ({ page }) => {
  await choose(page, 'Keep both')

  await expect(textField(page)).toHaveValue('milk\nrye bread\nsalt')
  await page.getByRole('button', { name: 'Open it' }).click()
  await expect(page.getByLabel('Title')).toHaveValue('Shopping (my version)')
  await expect(textField(page)).toHaveValue('milk\nwhite bread\nsalt')
  await expect(saveStatus(page)).toHaveText('Saved')
  await backToList(page)
  await expect(listedDocuments(page)).toHaveText(['Shopping (my version)', 'Shopping'])
})

test('choosing later keeps the text on this device, even over a reload', async ({ page }) => {
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('alert')).toContainText('This document was changed elsewhere.')
  await textField(page).fill('milk\nwhite bread\nsalt and pepper')

  await page.reload()

  await expect(page.getByRole('dialog', { name: 'Changed elsewhere' })).toBeVisible()
  await expect(page.getByRole('figure', { name: 'Yours, on this device' }).last()).toContainText('pepper')
})

async function choose(page: Page, choice: string) {
  await page.getByRole('dialog').getByRole('button', { name: choice }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}
