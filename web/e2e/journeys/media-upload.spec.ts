import { openMenu, outliveAccessToken, signIn, signOut } from '../fixtures/accounts.ts'
import {
  changeSubscription,
  mediaItem,
  mediaItems,
  openMediaPage,
  upload,
  uploadAddress,
  uploadOf,
} from '../fixtures/media.ts'
import { aPicture, aText } from '../fixtures/pictures.ts'
import { expect, test } from '../fixtures/test.ts'

test.beforeEach(async ({ page, signedIn: _ }) => {
  await openMediaPage(page)
})

test('a picture is uploaded, and its preview appears by itself', async ({ page }) => {
  await expect(page.getByRole('heading', { name: 'No files yet' })).toBeVisible()
  await upload(page, aPicture('harbour.png'))
  await expect(page.getByText('1 file uploaded', { exact: true })).toBeVisible()

  const preview = mediaItem(page, 'harbour.png').locator('img')
  await expect(preview).toBeVisible()
  await expect
    .poll(() => preview.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0)
  await expect(page.getByRole('meter', { name: 'Storage' })).not.toHaveAttribute('aria-valuenow', '0')
})

test('of several files, each that cannot be kept says why, and the others are uploaded', async ({
  page,
  inspected,
  faults,
}) => {
  faults.expect(/(415|422) .*\/api\/media\?name=/)
  await changeSubscription(page, { limits: { upload_bytes: 1_000 } })
  await page.reload()
  await expect(page.getByText('Up to 1 kB each.')).toBeVisible()
  await upload(
    page,
    aText('notes.txt'),
    aText('empty.txt', ''),
    aText('book.txt', 'x'.repeat(1_001)),
    { name: 'tool.exe', mimeType: '', buffer: Buffer.from(`MZ${'\0'.repeat(200)}`) },
    { name: 'torn.png', mimeType: 'image/png', buffer: aPicture('torn.png').buffer.subarray(0, 20) },
  )

  await expect(uploadOf(page, 'notes.txt')).toContainText('Uploaded')
  await expect(uploadOf(page, 'empty.txt')).toContainText('This is empty.')
  await expect(uploadOf(page, 'book.txt')).toContainText('Too large: your plan takes files of up to 1 kB.')
  await expect(uploadOf(page, 'tool.exe')).toContainText('Files of this type cannot be uploaded.')
  await expect(uploadOf(page, 'torn.png')).toContainText('This picture is damaged: it cannot be opened.')
  await expect(page.getByText('1 file uploaded, 4 files not uploaded')).toBeVisible()
  await inspected('media-uploads')
  await expect(mediaItems(page)).toHaveCount(1)
})

test('an upload is cancelled, and uploaded after all', async ({ page, faults }) => {
  faults.expect(/ERR_FAILED.*\/api\/media\?name=/)
  await page.route(uploadAddress, () => {})
  await upload(page, aText('draft.txt'))
  await page.getByRole('button', { name: 'Cancel the upload of draft.txt' }).click()
  await expect(uploadOf(page, 'draft.txt')).toContainText('Cancelled')
  await expect(uploadOf(page, 'draft.txt')).toBeFocused()

  await page.unroute(uploadAddress)
  await page.getByRole('button', { name: 'Try again to upload draft.txt' }).click()
  await expect(uploadOf(page, 'draft.txt')).toContainText('Uploaded')
})

test('an upload whose answer is lost is sent again by itself, and there is one file', async ({
  page,
  faults,
}) => {
  faults.expect(/ERR_FAILED.*\/api\/media\?name=/)
  const keys: (string | undefined)[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') keys.push(request.headers()['idempotency-key'])
  })
  await page.route(
    uploadAddress,
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await upload(page, aText('letter.txt'))
  await expect(uploadOf(page, 'letter.txt')).toContainText('Uploaded')
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
  await expect(mediaItems(page)).toHaveCount(1)
})

test('a connection that is gone is waited for', async ({ page, context, faults }) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/)
  await context.setOffline(true)
  await upload(page, aText('letter.txt'))
  await expect(uploadOf(page, 'letter.txt')).toContainText('No connection. Trying again…')
  await context.setOffline(false)
  await expect(uploadOf(page, 'letter.txt')).toContainText('Uploaded')
})

test('a refused access token is renewed, and the upload goes on', async ({ page, faults }) => {
  faults.expect(/401 .*\/api\/media\?name=/)
  await page.route(uploadAddress, (route) => route.fulfill({ status: 401, json: {} }), { times: 1 })
  await upload(page, aText('letter.txt'))
  await expect(uploadOf(page, 'letter.txt')).toContainText('Uploaded')
})

test('uploads go on while other pages are visited, which show how far they are', async ({ page }) => {
  let goOn = () => {}
  const gate = new Promise<void>((resolve) => {
    goOn = resolve
  })
  await page.route(uploadAddress, async (route) => {
    await gate
    await route.continue()
  })
  await upload(page, aText('letter.txt'))
  await openMenu(page)
  await page.getByRole('link', { name: 'Documents' }).click()
  await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Uploading, \d+%$/ })).toBeVisible()

  goOn()
  await expect(page.getByText('1 file uploaded to your media.')).toBeVisible()
  await expect(page.getByRole('link', { name: /^Uploading/ })).toBeHidden()
  await openMediaPage(page)
  await expect(mediaItem(page, 'letter.txt')).toBeVisible()
})

test('closing the page while a file is on its way makes the browser ask', async ({ page }) => {
  await page.route(uploadAddress, () => {})
  await upload(page, aText('letter.txt'))
  await expect(uploadOf(page, 'letter.txt')).toContainText('Uploading')
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.accept()
})

test('files are dropped on the page, which shows that it takes them', async ({ page }) => {
  const held = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['dropped\n'], 'dropped.txt', { type: 'text/plain' }))
    return transfer
  })
  await page.dispatchEvent('main', 'dragover', { dataTransfer: held })
  await expect(page.getByText('Drop files to upload them')).toBeVisible()
  await page.dispatchEvent('main', 'drop', { dataTransfer: held })
  await expect(page.getByText('Drop files to upload them')).toBeHidden()
  await expect(uploadOf(page, 'dropped.txt')).toContainText('Uploaded')
})

test('a picture is pasted, and gets a name of its own', async ({ page }) => {
  const { buffer } = aPicture('image.png')
  await page.evaluate(
    (bytes) => {
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([new Uint8Array(bytes)], 'image.png', { type: 'image/png' }))
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
    },
    [...buffer],
  )
  await expect(mediaItem(page, 'pasted-')).toBeVisible()
})

test('signing out while a file is on its way asks first', async ({ page, faults }) => {
  faults.expect(/ERR_FAILED.*\/api\/media\?name=/)
  await page.route(uploadAddress, () => {})
  await upload(page, aText('letter.txt'))
  await signOut(page)
  await page.getByRole('button', { name: 'Go on uploading' }).click()
  await expect(uploadOf(page, 'letter.txt')).toContainText('Uploading')

  await signOut(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()
})

test('an upload waits for its session, and goes on after signing in again', async ({
  page,
  signedIn: person,
  faults,
}) => {
  faults.expect(/401 .*\/auth\/refresh/)
  await page.context().clearCookies()
  await outliveAccessToken(page)
  await upload(page, aText('letter.txt'))
  await expect(page.getByText('Your session has ended.')).toBeVisible()

  await signIn(page, person)
  await expect(page.getByRole('heading', { name: 'Media', exact: true })).toBeVisible()
  await expect(mediaItem(page, 'letter.txt')).toBeVisible()
})
