import { signIn, signOut } from '../fixtures/accounts.ts'
import { changeElsewhere, saveStatus, textField, writeDocumentsByRequest } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test('a second tab shows what is written in the first, and goes on from there', async ({
  page,
  context,
  person,
  request,
  signedIn: _,
}) => {
  const [id] = await writeDocumentsByRequest(request, person, [{ title: 'Diary', content: 'morning' }])
  await page.goto(`/documents/${id}`)
  const second = await context.newPage()
  await second.goto(`/documents/${id}`)
  await expect(textField(second)).toHaveValue('morning')

  await textField(page).fill('morning, noon')
  await expect(textField(second)).toHaveValue('morning, noon')
  await expect(saveStatus(second)).toHaveText('Saved')
  await textField(second).fill('morning, noon, evening')

  await expect(saveStatus(second)).toHaveText('Saved')
  await expect(textField(page)).toHaveValue('morning, noon, evening')
})

test('signing out in one tab saves what was just written in another', async ({
  page,
  context,
  person,
  request,
  signedIn: _,
}) => {
  const [id] = await writeDocumentsByRequest(request, person, [{ title: 'Diary', content: 'morning' }])
  const second = await context.newPage()
  await second.goto(`/documents/${id}`)
  await textField(second).fill('evening')

  await signOut(page)

  await expect(second.getByText('You signed out in another tab.')).toBeVisible()
  await signIn(page, person)
  await page.getByRole('link', { name: 'Diary' }).click()
  await expect(textField(page)).toHaveValue('evening')
  await expect(saveStatus(page)).toHaveText('Saved')
})

test('a window that is looked at again shows what another device has saved', async ({
  page,
  person,
  request,
  signedIn: _,
}) => {
  const [id = ''] = await writeDocumentsByRequest(request, person, [{ title: 'Diary', content: 'morning' }])
  await page.goto(`/documents/${id}`)
  await expect(textField(page)).toHaveValue('morning')
  // What was just loaded counts as fresh for a while.
  await page.clock.setFixedTime(Date.now() + 60_000)
  await changeElsewhere(request, person, id, { content: 'evening' })

  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))

  await expect(textField(page)).toHaveValue('evening')
})
