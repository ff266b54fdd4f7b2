import { readFile } from 'node:fs/promises'
import {
  changeSubscription,
  mediaItem,
  mediaItems,
  openMediaPage,
  upload,
  uploadByRequest,
} from '../fixtures/media.ts'
import { aPicture, aSound, aText } from '../fixtures/pictures.ts'
import { expect, test } from '../fixtures/test.ts'

test('files are found by kind and by name, and the address keeps what was looked for', async ({
  page,
  person,
  request,
  signedIn: _,
}) => {
  await uploadByRequest(request, person, [
    aText('summer.txt'),
    aPicture('summer.png'),
    aPicture('winter.png'),
  ])
  await openMediaPage(page)
  await expect(mediaItems(page)).toHaveCount(3)

  await page.getByRole('button', { name: 'Pictures' }).click()
  await expect(mediaItems(page)).toHaveCount(2)
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('summer')
  await expect(mediaItems(page)).toHaveCount(1)
  await expect(page).toHaveURL('/media?q=summer&kind=image')
  await page.reload()
  await expect(mediaItems(page)).toHaveCount(1)

  await page.getByRole('searchbox', { name: 'Search by name' }).fill('autumn')
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()
  await page.getByRole('button', { name: 'Show all files' }).click()
  await expect(mediaItems(page)).toHaveCount(3)
  await expect(page.getByRole('searchbox', { name: 'Search by name' })).toHaveValue('')
})

test('a file is deleted at once and brought back by Undo', async ({ page, person, request, signedIn: _ }) => {
  await uploadByRequest(request, person, [aText('first.txt'), aText('second.txt')])
  await openMediaPage(page)
  await mediaItem(page, 'second.txt').click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()

  await expect(page.getByText('“second.txt” is deleted.')).toBeVisible()
  await expect(mediaItems(page)).toHaveCount(1)
  await expect(mediaItem(page, 'first.txt')).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('“second.txt” is back.')).toBeVisible()
  await expect(mediaItems(page)).toHaveCount(2)
})

test('a deleted file waits among the deleted ones to be restored', async ({
  page,
  person,
  request,
  signedIn: _,
}) => {
  await uploadByRequest(request, person, [aText('plan.txt')])
  await openMediaPage(page)
  await mediaItem(page, 'plan.txt').click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('button', { name: 'Recently deleted' }).click()
  await page.getByRole('button', { name: 'Restore plan.txt' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing deleted' })).toBeVisible()
  await page.getByRole('button', { name: 'All', exact: true }).click()
  await expect(mediaItem(page, 'plan.txt')).toBeVisible()
})

test('a name and an alternative text are saved when their field is left, and by closing', async ({
  page,
  person,
  request,
  signedIn: _,
}) => {
  await uploadByRequest(request, person, [aPicture('img_0001.png')])
  await openMediaPage(page)
  await mediaItem(page, 'img_0001.png').click()
  await page.getByRole('textbox', { name: 'Name' }).fill('harbour.png')
  await page.getByRole('textbox', { name: 'Name' }).press('Tab')
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await page.getByLabel('Alternative text').fill('Boats in the morning')
  await page.keyboard.press('Escape')

  await expect(mediaItem(page, 'harbour.png').getByAltText('Boats in the morning')).toBeVisible()
  await page.reload()
  await expect(mediaItem(page, 'harbour.png').getByAltText('Boats in the morning')).toBeVisible()
})

test('a file without a name keeps the one it had, and the field says so', async ({
  page,
  person,
  request,
  signedIn: _,
}) => {
  await uploadByRequest(request, person, [aText('plan.txt')])
  await openMediaPage(page)
  await mediaItem(page, 'plan.txt').click()
  await page.getByRole('textbox', { name: 'Name' }).fill(' ')
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAccessibleDescription(
    'Give the file a name.',
  )
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(mediaItem(page, 'plan.txt')).toBeVisible()
})

test('the keyboard alone opens a file, goes on to the next, and comes back to it', async ({
  page,
  person,
  request,
  signedIn: _,
}) => {
  await uploadByRequest(request, person, [aText('a.txt'), aText('b.txt'), aPicture('c.png')])
  await openMediaPage(page)
  await mediaItem(page, 'c.png').focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toHaveAccessibleName('c.png')
  await page.keyboard.press('ArrowRight')
  await expect(dialog).toHaveAccessibleName('b.txt')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(dialog).toHaveAccessibleName('a.txt')
  await page.keyboard.press('ArrowLeft')
  await expect(dialog).toHaveAccessibleName('b.txt')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(mediaItem(page, 'b.txt')).toBeFocused()
})

test('the way back of the browser closes a file, and its address opens it again', async ({
  page,
  person,
  request,
  signedIn: _,
}) => {
  await uploadByRequest(request, person, [aText('a.txt'), aText('b.txt')])
  await openMediaPage(page)
  await mediaItem(page, 'a.txt').click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toHaveAccessibleName('a.txt')
  const address = page.url()
  await page.goBack()
  await expect(dialog).toBeHidden()
  await expect(page).toHaveURL('/media')

  await page.goto(address)
  await expect(dialog).toHaveAccessibleName('a.txt')
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(page).toHaveURL('/media')
})

test('a file is downloaded as it was uploaded', async ({ page, person, request, signedIn: _ }) => {
  const picture = aPicture('harbour.png')
  await uploadByRequest(request, person, [picture])
  await openMediaPage(page)
  await mediaItem(page, 'harbour.png').click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('harbour.png')
  expect(await readFile(await download.path())).toEqual(picture.buffer)
})

test('a sound is played in place', async ({ page, person, request, signedIn: _ }) => {
  await uploadByRequest(request, person, [aSound('silence.wav')])
  await openMediaPage(page)
  await mediaItem(page, 'silence.wav').click()
  const player = page.getByRole('dialog').locator('audio')
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration)).toBeCloseTo(1, 1)
})

test('many files come page by page', async ({ page, person, request, signedIn: _ }) => {
  const names = Array.from({ length: 45 }, (_name, index) => `note-${index + 1}.txt`)
  await uploadByRequest(
    request,
    person,
    names.map((name) => aText(name)),
  )
  await openMediaPage(page)
  await expect(mediaItems(page)).toHaveCount(40)
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(mediaItems(page)).toHaveCount(45)
  await expect(mediaItem(page, 'note-5.txt')).toBeFocused()
  await expect(page.getByRole('button', { name: 'Load more' })).toBeHidden()
})

test('a picture whose link has ended is shown by a new one', async ({ page, signedIn: _, faults }) => {
  faults.expect(/40[13] .*\/thumbnail/)
  await openMediaPage(page)
  await upload(page, aPicture('harbour.png'))
  const preview = mediaItem(page, 'harbour.png').locator('img')
  await expect(preview).toBeVisible()

  await page.route(
    '**/api/media?limit=*',
    async (route) => {
      const answer = await route.fetch()
      await route.fulfill({
        response: answer,
        body: (await answer.text()).replaceAll('expires=', 'expires=1'),
      })
    },
    { times: 1 },
  )
  await page.reload()
  await expect
    .poll(() => preview.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0)
})

test('storage that is nearly full offers more', async ({ page, signedIn: _ }) => {
  await changeSubscription(page, { limits: { storage_bytes: 1_000 }, usage: { storage_bytes: 950 } })
  await openMediaPage(page)
  await expect(page.getByText('Your storage is nearly full.')).toBeVisible()
  await page.getByRole('link', { name: 'Get more room' }).click()
  await expect(page).toHaveURL('/billing')
})

test('a file that is not there says so', async ({ page, signedIn: _, faults }) => {
  faults.expect(/404 .*\/api\/media\//)
  await page.goto('/media?show=019ab000-0000-7000-8000-000000000000')
  await expect(page.getByRole('dialog')).toHaveAccessibleName('No such file')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('a list that cannot be loaded says so and loads on a retry', async ({ page, signedIn: _, faults }) => {
  faults.expect(/ERR_FAILED.*\/api\/media/)
  await page.route('**/api/media?*', (route) => route.abort())
  await openMediaPage(page)
  await expect(page.getByRole('alert')).toContainText('cannot be reached.')
  await page.unroute('**/api/media?*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: 'No files yet' })).toBeVisible()
})
