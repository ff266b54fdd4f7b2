import { fillPassword, signIn } from '../fixtures/accounts.ts'
import { expect, test } from '../fixtures/test.ts'

test('a forgotten password is replaced by the link in a mail, once', async ({
  page,
  person,
  mails,
  faults,
}) => {
  faults.expect(/400 .*\/auth\/(reset-password|jwt\/login)/)
  const renewed = { ...person, password: `${person.password} again` }

  await test.step('ask', async () => {
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    // The page before has a field of the same name.
    await expect(page.getByRole('heading', { name: 'Forgot your password?' })).toBeFocused()
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByRole('button', { name: 'Send the mail' }).click()
    await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeFocused()
    await expect(page.getByText('If there is an account with this address')).toBeVisible()
  })

  const link = await test.step('follow the link, which the address bar does not keep', async () => {
    const address = await mails.linkTo('/reset-password', person)
    await page.goto(address)
    await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible()
    await expect(page).toHaveURL('/reset-password')
    return address
  })

  await test.step('choose', async () => {
    await fillPassword(page, 'password123')
    await page.getByRole('button', { name: 'Set the password' }).click()
    const password = page.getByLabel('Password', { exact: true })
    await expect(password).toHaveAccessibleDescription(/^Many people use this password/)
    await expect(password).toBeFocused()
    await fillPassword(page, renewed.password)
    await page.getByRole('button', { name: 'Set the password' }).click()
    await expect(page.getByText('Your new password is set.')).toBeVisible()
  })

  await test.step('the old password is refused, the new one opens the account', async () => {
    await signIn(page, person)
    await expect(page.getByRole('alert')).toHaveText('The e-mail address or the password is wrong.')
    await signIn(page, renewed)
    await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible()
  })

  await test.step('the link is dead', async () => {
    await page.goto(link)
    await fillPassword(page, person.password)
    await page.getByRole('button', { name: 'Set the password' }).click()
    await expect(page.getByRole('heading', { name: 'This link does not work any more' })).toBeFocused()
    await page.getByRole('link', { name: 'Ask for a new link' }).click()
    await expect(page.getByRole('heading', { name: 'Forgot your password?' })).toBeFocused()
  })
  person.password = renewed.password
})

test('an address without an account gets the same answer', async ({ page }) => {
  await page.goto('/forgot-password')
  await page.getByLabel('E-mail').fill('nobody@example.com')
  await page.getByRole('button', { name: 'Send the mail' }).click()
  await expect(page.getByText('If there is an account with this address')).toBeVisible()
})
