import { backToList, listTitles, saveStatus, textField, writeDocument } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test.beforeEach(({ faults }) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/)
})

test('a document that is begun without a connection is saved once when there is one', async ({
  page,
  context,
  person,
  request,
  signedIn: _,
}) => {
  await writeDocument(page, 'Morning', 'before the tunnel')
  await backToList(page)
  await context.setOffline(true)
  await page.getByRole('link', { name: 'New document' }).click()
  await page.getByLabel('Title').fill('In the tunnel')
  await textField(page).fill('dark')
  await expect(saveStatus(page)).toHaveText('Offline – kept on this device')
  await expect(page.getByText('You are offline.')).toBeVisible()

  await context.setOffline(false)

  await expect(saveStatus(page)).toHaveText('Saved')
  await expect(page.getByText('You are offline.')).toBeHidden()
  expect(await listTitles(request, person)).toEqual(['In the tunnel', 'Morning'])
})

test('text that is left behind without a connection is saved from any page', async ({
  page,
  context,
  signedIn: _,
}) => {
  await writeDocument(page, 'Diary', 'morning')
  await context.setOffline(true)
  await textField(page).fill('evening')
  await backToList(page)
  const unsaved = page.getByRole('region', { name: 'Only on this device' })
  await expect(unsaved.getByRole('link', { name: 'Diary' })).toBeVisible()

  await context.setOffline(false)

  await expect(unsaved).toBeHidden()
  await page.getByRole('link', { name: 'Diary' }).click()
  await expect(textField(page)).toHaveValue('evening')
  await expect(saveStatus(page)).toHaveText('Saved')
})

test('text that could not be sent survives a crash, and is saved on the next visit', async ({
  page,
  context,
  signedIn: _,
  faults,
}) => {
  // What is sent with a page's last breath may have arrived.
  faults.expect(/412 .*\/api\/documents\//)
  await writeDocument(page, 'Diary', 'morning')
  const address = page.url()
  await context.setOffline(true)
  await textField(page).fill('evening')
  await expect(saveStatus(page)).toHaveText('Offline – kept on this device')
  await page.close()
  await context.setOffline(false)

  const nextVisit = await context.newPage()
  await nextVisit.goto(address)

  await expect(nextVisit.getByText('Your unsaved changes are back.')).toBeVisible()
  await expect(textField(nextVisit)).toHaveValue('evening')
  await expect(saveStatus(nextVisit)).toHaveText('Saved')
})

test('an answer that gets lost makes no second document', async ({
  page,
  person,
  request,
  signedIn: _,
  faults,
}) => {
  faults.expect(/ERR_FAILED.*\/api\/documents/)
  await page.route(
    '**/api/documents',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 2 },
  )
  await page.getByRole('link', { name: 'New document' }).click()
  await page.getByLabel('Title').fill('Only once')
  await textField(page).fill('first words')
  await expect(saveStatus(page)).toHaveText('Not saved yet – kept on this device, trying again')
  await textField(page).fill('first words, and more')

  await expect(saveStatus(page)).toHaveText('Saved')

  expect(await listTitles(request, person)).toEqual(['Only once'])
  await page.reload()
  await expect(textField(page)).toHaveValue('first words, and more')
})

test('an answer to a change that gets lost is no conflict', async ({ page, signedIn: _, faults }) => {
  faults.expect(/(ERR_FAILED|412).*\/api\/documents\//)
  await writeDocument(page, 'Diary', 'morning')
  await page.route(
    '**/api/documents/*',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await textField(page).fill('evening')

  await expect(saveStatus(page)).toHaveText('Not saved yet – kept on this device, trying again')
  await expect(saveStatus(page)).toHaveText('Saved')
  await expect(page.getByRole('dialog')).toBeHidden()
})
