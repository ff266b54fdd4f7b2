import { fetchAccessToken, openMenu, signIn } from '../fixtures/accounts.ts'
import { expect, test } from '../fixtures/test.ts'

test('a session is ended from another one, which leads it to signing in', async ({
  page,
  signedIn: person,
  elsewhere,
  faults,
}) => {
  faults.expect(/401 .*\/auth\/refresh/)
  await signIn(elsewhere, person)
  await expect(elsewhere.getByRole('heading', { name: 'Documents' })).toBeVisible()
  await page.goto('/account/sessions')
  const sessions = page.getByRole('list', { name: 'Your sessions' }).getByRole('listitem')
  await expect(sessions.filter({ hasText: 'This one' })).toHaveCount(1)

  await sessions.getByRole('button', { name: /^End the session on Chrome/ }).click()
  await expect(page.getByText(/^The session on Chrome .* is ended\.$/)).toBeVisible()
  await expect(sessions).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'End all others' })).toBeHidden()

  await elsewhere.reload()
  await expect(elsewhere.getByText('Your session has ended.')).toBeVisible()
  await page.reload()
  await expect(sessions).toHaveCount(1)
})

test('all other sessions are ended at once', async ({ page, signedIn: person, openDevice }) => {
  for (const _device of ['phone', 'tablet', 'library']) await fetchAccessToken(await openDevice(), person)
  await openMenu(page)
  await page.getByRole('link', { name: 'Account' }).click()
  await page.getByRole('link', { name: 'Sessions' }).click()
  await expect(page.getByRole('heading', { name: 'Sessions' })).toBeFocused()
  const sessions = page.getByRole('list', { name: 'Your sessions' }).getByRole('listitem')
  await expect(sessions).toHaveCount(4)

  await page.getByRole('button', { name: 'End all others' }).click()
  await expect(page.getByText('3 sessions are ended.')).toBeVisible()
  await expect(sessions).toHaveCount(1)
  await expect(sessions).toContainText('This one')
})
