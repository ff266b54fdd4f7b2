import { fillCredentials, signIn } from '../fixtures/accounts.ts'
import { expect, test } from '../fixtures/test.ts'

test('a wrong password shows its error at the form and keeps the e-mail', async ({
  page,
  person,
  faults,
}) => {
  faults.expect(/400 .*\/auth\/jwt\/login/)
  await signIn(page, { ...person, password: 'not the password' })
  await expect(page.getByRole('alert')).toHaveText('The e-mail address or the password is wrong.')
  await expect(page.getByLabel('E-mail')).toHaveValue(person.email)
})

test('an e-mail address that is taken shows its error under the field', async ({ page, person, faults }) => {
  faults.expect(/400 .*\/auth\/register/)
  await page.goto('/register')
  await fillCredentials(page, person)
  await page.getByRole('button', { name: 'Create account' }).click()
  const email = page.getByLabel('E-mail')
  await expect(email).toHaveAccessibleDescription('An account with this e-mail address already exists.')
  await expect(email).toBeFocused()
})

test('a service that answers registrations by mail sends people to their mailbox', async ({
  page,
  person,
}) => {
  await page.route('**/auth/register', (route) => route.fulfill({ status: 202, json: null }))
  await page.goto('/register')
  await fillCredentials(page, person)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeFocused()
})

test('empty fields are named before anything is sent', async ({ page }) => {
  await page.goto('/register')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription('Enter your e-mail address.')
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
    'Enter your password.',
  )
  await expect(page.getByLabel('E-mail')).toBeFocused()
})

test('signing in takes only the keyboard', async ({ page, person }) => {
  await page.goto('/')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.getByRole('navigation').getByRole('link', { name: 'Sign in' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.type(person.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(person.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Documents' })).toBeFocused()
})

test('a return address on another site is not followed', async ({ page, person }) => {
  await page.goto('/sign-in?return=//example.org/trap')
  await signIn(page, person)
  await expect(page).toHaveURL('/documents')
})

test('a service that is down shows a sentence, and its answer follows a retry', async ({
  page,
  person,
  faults,
}) => {
  faults.expect(/503 .*\/auth\/jwt\/login/)
  await page.route('**/auth/jwt/login', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({ title: 'Service Unavailable', status: 503, requestId: 'request-7' }),
    }),
  )
  await signIn(page, person)
  await expect(page.getByRole('alert')).toContainText('Finity is not available right now.')
  await expect(page.getByRole('alert')).toContainText('Reference: request-7')

  await page.unroute('**/auth/jwt/login')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible()
})
