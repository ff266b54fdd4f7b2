import { fillCredentials, signIn, signOut } from '../fixtures/accounts.ts'
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

test('signing out in one tab signs out the other, and signing in lets it go on', async ({
  page,
  context,
  signedIn,
}) => {
  const otherTab = await context.newPage()
  await otherTab.goto('/documents')
  await expect(otherTab.getByRole('heading', { name: 'Documents' })).toBeVisible()

  await signOut(page)
  await expect(otherTab.getByText('You signed out in another tab.')).toBeVisible()

  await signIn(page, signedIn)
  await expect(otherTab.getByRole('heading', { name: 'Documents' })).toBeVisible()
})

test('a reload shows no signed-out page on the way', async ({ page, signedIn: _ }) => {
  const shown: string[] = []
  page.on('framenavigated', (frame) => shown.push(new URL(frame.url()).pathname))
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible()
  expect(new Set(shown)).toEqual(new Set(['/documents']))
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
