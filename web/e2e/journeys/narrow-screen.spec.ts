import { backToList, listedDocuments, writeDocument } from '../fixtures/documents.ts'
import { mediaItems, uploadByRequest } from '../fixtures/media.ts'
import { aPicture } from '../fixtures/pictures.ts'
import { expectNoSidewaysScroll } from '../fixtures/sideways-scroll.ts'
import { expect, test } from '../fixtures/test.ts'

test.use({ viewport: { width: 320, height: 640 } })

test('no page scrolls sideways on a screen of 320 pixels', async ({ page, person }) => {
  const visitorPages = ['/', '/register', '/sign-in', '/nowhere', '/forgot-password', '/reset-password']
  for (const address of [...visitorPages, '/reset-password#token=any', '/verify']) {
    await page.goto(address)
    await expectNoSidewaysScroll(page)
  }

  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible()
  await expectNoSidewaysScroll(page)
  await writeDocument(page, 'Donaudampfschifffahrtsgesellschaft'.repeat(4), 'word'.repeat(200))
  await expectNoSidewaysScroll(page)
  await page.getByLabel('Tags', { exact: true }).fill(`${'tag'.repeat(13)},garden`)
  await page.keyboard.press('Enter')
  await expectNoSidewaysScroll(page)
  await page.getByText('Preview', { exact: true }).click()
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('word')
  await expectNoSidewaysScroll(page)
  await backToList(page)
  await expect(listedDocuments(page)).toHaveCount(1)
  await expectNoSidewaysScroll(page)
  await listedDocuments(page).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await expectNoSidewaysScroll(page)
  await page.getByRole('link', { name: 'Trash' }).click()
  await expect(page.getByRole('list', { name: 'Deleted documents' })).toBeVisible()
  await expectNoSidewaysScroll(page)
})

test('neither do files and the account', async ({ page, person, request, signedIn: _ }) => {
  await uploadByRequest(request, person, [aPicture(`${'Donaudampfschifffahrtsgesellschaft'.repeat(4)}.png`)])
  await page.goto('/media')
  await expect(mediaItems(page)).toHaveCount(1)
  await expectNoSidewaysScroll(page)
  await mediaItems(page).getByRole('button').click()
  await expect(page.getByRole('dialog')).toContainText('image/png')
  const excess = await page.getByRole('dialog').evaluate((box) => box.scrollWidth - box.clientWidth)
  expect(excess).toBeLessThanOrEqual(0)

  for (const address of ['/account', '/account/security', '/account/sessions', '/billing']) {
    await page.goto(address)
    await expect(page.getByText('Loading…')).toHaveCount(0)
    await expectNoSidewaysScroll(page)
  }
})
