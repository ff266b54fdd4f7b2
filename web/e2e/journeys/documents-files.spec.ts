import type { Page } from '@playwright/test'
import { saveStatus, textField, writeDocumentsByRequest } from '../fixtures/documents.ts'
import { mediaItem, uploadByRequest } from '../fixtures/media.ts'
import { aPicture, aText } from '../fixtures/pictures.ts'
import { expect, test } from '../fixtures/test.ts'

test.beforeEach(async ({ page, person, request, signedIn: _ }) => {
  const [id] = await writeDocumentsByRequest(request, person, [{ title: 'Trip', content: 'First.\n\nLast.' }])
  await uploadByRequest(request, person, [aPicture('harbour.png'), aText('route.txt')])
  await page.goto(`/documents/${id}`)
})

test('a picture is put where the caret is, and shown to whoever reads', async ({ page, isMobile }) => {
  await add(page, 'harbour.png')
  await textField(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(6, 6))
  await page.getByRole('button', { name: 'Insert harbour.png into the text' }).click()
  await expect(textField(page)).toHaveValue(
    /^First\.\n\n!\[harbour\.png\]\(\/api\/media\/[0-9a-f-]{36}\/content\)\n\nLast\.$/,
  )
  await expect(textField(page)).toBeFocused()
  await expect(saveStatus(page)).toHaveText('Saved')

  await page.reload()

  if (isMobile) await page.getByText('Preview', { exact: true }).click()
  const picture = page.getByRole('region', { name: 'Preview' }).getByRole('img', { name: 'harbour.png' })
  await expect(picture).toBeVisible()
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0)
})

test('another file is put in as a link that downloads it', async ({ page, isMobile }) => {
  await add(page, 'route.txt')
  await page.getByRole('button', { name: 'Insert route.txt into the text' }).click()
  if (isMobile) await page.getByText('Preview', { exact: true }).click()
  const download = page.waitForEvent('download')

  await page.getByRole('region', { name: 'Preview' }).getByRole('link', { name: 'route.txt' }).click()

  expect((await download).suggestedFilename()).toBe('route.txt')
})

test('a file is taken off a document, stays among the files, and comes back by Undo', async ({ page }) => {
  const files = page.getByRole('list', { name: 'Files' })
  await add(page, 'harbour.png')
  await page.getByRole('button', { name: 'Remove harbour.png from this document' }).click()
  await expect(page.getByText('harbour.png is removed from this document')).toBeVisible()
  await expect(files).toBeHidden()

  await page.getByRole('button', { name: 'Undo' }).click()

  await expect(files).toContainText('harbour.png')
})

async function add(page: Page, name: string) {
  await page.getByRole('button', { name: 'Add a file' }).click()
  await mediaItem(page, name).click()
  await expect(page.getByRole('list', { name: 'Files' })).toContainText(name)
}
