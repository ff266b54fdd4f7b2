import { aPerson, register } from '../fixtures/accounts.ts'
import { expect, test } from '../fixtures/test.ts'

const reminder = 'Your e-mail address is not confirmed yet.'

test('the link in the mail confirms the address, and the reminder is gone', async ({ page, mails }) => {
  const person = aPerson()
  await register(page, person)
  await expect(page.getByText(reminder)).toBeVisible()

  await page.goto(await mails.linkTo('/verify', person))
  await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeFocused()
  await expect(page).toHaveURL('/verify')
  await page.getByRole('link', { name: 'To your documents' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible()
  await expect(page.getByText(reminder)).toBeHidden()
})

test('a mail that is sent again replaces the one before', async ({ page, mails, faults }) => {
  faults.expect(/400 .*\/auth\/verify/)
  const person = aPerson()
  await register(page, person)
  const first = await mails.linkTo('/verify', person)
  await page.getByRole('button', { name: 'Send the mail again' }).click()
  await expect(page.getByText('A mail is on its way.')).toBeVisible()
  const second = await mails.linkTo('/verify', person, 2)

  await page.goto(first)
  await expect(page.getByRole('heading', { name: 'This link does not work any more' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Send the mail again' })).toBeVisible()
  await page.goto(second)
  await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible()
})

test('a visitor who is not signed in confirms the address too, and is told where to go on', async ({
  page,
  person,
  mails,
}) => {
  await page.goto(await mails.linkTo('/verify', person))
  await page.getByRole('link', { name: 'To your documents' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeFocused()
})
