import { randomUUID } from 'node:crypto'
import { aPerson, registerByRequest, signIn, signOut } from '../fixtures/accounts.ts'
import { expect, test } from '../fixtures/test.ts'

test('a new address needs the current password and is confirmed by the link in a mail', async ({
  page,
  signedIn: person,
  mails,
  faults,
}) => {
  faults.expect(/400 .*\/users\/me/)
  const moved = { ...person, email: `moved-${randomUUID()}@example.com` }
  await page.goto('/account')

  await test.step('a wrong password changes nothing', async () => {
    await page.getByLabel('New e-mail address').fill(moved.email)
    await page.getByLabel('Current password', { exact: true }).fill('not my password')
    await page.getByRole('button', { name: 'Change address' }).click()
    const password = page.getByLabel('Current password', { exact: true })
    await expect(password).toHaveAccessibleDescription('This is not your current password.')
    await expect(password).toBeFocused()
    await expect(page.getByRole('main')).toContainText(person.email)
  })

  await test.step('the right one does', async () => {
    await page.getByLabel('Current password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Change address' }).click()
    await expect(page.getByText(`Your address is ${moved.email} now.`)).toBeVisible()
    await expect(page.getByText('Your e-mail address is not confirmed yet.')).toBeVisible()
    await expect(page.getByLabel('New e-mail address')).toHaveValue('')
  })
  person.email = moved.email

  await test.step('the mail confirms it, and it signs in', async () => {
    await page.goto(await mails.linkTo('/verify', moved))
    await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible()
    await page.goto('/account')
    await expect(page.getByText('Confirmed', { exact: true })).toBeVisible()
    await signOut(page)
    await signIn(page, moved)
    await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible()
  })
})

test('the mail that confirms an address is sent again on request', async ({
  page,
  signedIn: person,
  mails,
}) => {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Send the mail again' }).click()
  await expect(page.getByText('A mail is on its way.')).toBeVisible()

  await page.goto(await mails.linkTo('/verify', person, 2))
  await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible()
})

test('an address that another account has is refused at its field', async ({
  page,
  signedIn: person,
  request,
  faults,
}) => {
  faults.expect(/400 .*\/users\/me/)
  const another = aPerson()
  await registerByRequest(request, another)
  await page.goto('/account')
  await page.getByLabel('New e-mail address').fill(another.email)
  await page.getByLabel('Current password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Change address' }).click()
  await expect(page.getByLabel('New e-mail address')).toHaveAccessibleDescription(
    'An account with this e-mail address already exists.',
  )
})
