import { fetchAccessToken, signIn, signOut } from '../fixtures/accounts.ts'
import { expect, test } from '../fixtures/test.ts'

test('a password is changed with the keyboard alone, ends the other sessions, and is the one that counts', async ({
  page,
  signedIn: person,
  elsewhere,
  faults,
}) => {
  faults.expect(/400 .*\/(users\/me|auth\/jwt\/login)/)
  const renewed = `${person.password} again`
  await signIn(elsewhere, person)
  await expect(elsewhere.getByRole('heading', { name: 'Documents' })).toBeVisible()
  await page.goto('/account/security')

  await test.step('one that is easily guessed is refused', async () => {
    await page.getByLabel('Current password', { exact: true }).focus()
    await page.keyboard.type(person.password)
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: 'Show current password' })).toBeFocused()
    await page.keyboard.press('Tab')
    await page.keyboard.type('password123')
    await page.keyboard.press('Enter')
    const password = page.getByLabel('New password', { exact: true })
    await expect(password).toHaveAccessibleDescription(/^Many people use this password/)
    await expect(password).toBeFocused()
  })

  await test.step('another one is taken', async () => {
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(renewed)
    await page.keyboard.press('Enter')
    await expect(page.getByText('Your password is changed.')).toBeVisible()
  })
  person.password = renewed

  await test.step('this session goes on, the other is over', async () => {
    await expect(page.getByRole('list', { name: 'Security events' })).toContainText('Password changed')
    await elsewhere.reload()
    await expect(elsewhere.getByText('Your session has ended.')).toBeVisible()
  })

  await test.step('only the new password opens the account', async () => {
    await signOut(page)
    await signIn(page, { ...person, password: renewed.replace(' again', '') })
    await expect(page.getByRole('alert')).toHaveText('The e-mail address or the password is wrong.')
    await signIn(page, person)
    await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible()
  })
})

test('what happened to the account is told in words, the newest first, page by page', async ({
  page,
  person,
  request,
  faults,
}) => {
  faults.expect(/400 .*\/auth\/jwt\/login/)
  for (let count = 0; count < 20; count += 1) await fetchAccessToken(request, person)
  await signIn(page, { ...person, password: 'not the password' })
  await expect(page.getByRole('alert')).toBeVisible()
  await signIn(page, person)
  await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible()

  await page.goto('/account/security')
  const events = page.getByRole('list', { name: 'Security events' }).getByRole('listitem')
  await expect(events).toHaveCount(20)
  await expect(events.nth(0)).toContainText('Signed in')
  await expect(events.nth(0)).toContainText('Chrome on')
  await expect(events.nth(1)).toContainText('Sign-in with a wrong password')
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(events.last()).toContainText('Account created')
})
