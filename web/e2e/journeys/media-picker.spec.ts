import { writeDocumentsByRequest } from '../fixtures/documents.ts'
import { mediaItem, upload, uploadByRequest } from '../fixtures/media.ts'
import { aPicture } from '../fixtures/pictures.ts'
import { expect, test } from '../fixtures/test.ts'

test('a file of a document is chosen from the library, or uploaded there and then', async ({
  page,
  person,
  request,
  signedIn: _,
}) => {
  const [id] = await writeDocumentsByRequest(request, person, ['Trip'])
  await uploadByRequest(request, person, [aPicture('harbour.png'), aPicture('tower.png')])
  await page.goto(`/documents/${id}`)
  const files = page.getByRole('list', { name: 'Files' })
  const dialog = page.getByRole('dialog', { name: 'Choose a file' })

  await page.getByRole('button', { name: 'Add a file' }).click()
  await dialog.getByRole('searchbox', { name: 'Search by name' }).fill('harbour')
  await expect(mediaItem(page, 'tower.png')).toBeHidden()
  await mediaItem(page, 'harbour.png').click()
  await expect(files).toContainText('harbour.png')

  await page.getByRole('button', { name: 'Add a file' }).click()
  await upload(page, aPicture('new.png'))
  await mediaItem(page, 'new.png').click()
  await expect(files).toContainText('new.png')
})

test('the choice is left by Escape, and the focus is back', async ({
  page,
  person,
  request,
  signedIn: _,
}) => {
  const [id] = await writeDocumentsByRequest(request, person, ['Trip'])
  await page.goto(`/documents/${id}`)
  await page.getByRole('button', { name: 'Add a file' }).click()
  await expect(page.getByRole('heading', { name: 'No files yet' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Add a file' })).toBeFocused()
})
