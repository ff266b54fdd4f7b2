import { expect, test } from '../fixtures/test.ts'

test('a password is hidden until it is shown, can be pasted, and is known to password managers', async ({
  page,
}) => {
  await page.goto('/register')
  const email = page.getByLabel('E-mail')
  const password = page.getByLabel('Password', { exact: true })
  await expect(email).toHaveAttribute('autocomplete', 'username')
  await expect(password).toHaveAttribute('autocomplete', 'new-password')
  await expect(password).toHaveAttribute('type', 'password')

  await email.fill('correct horse battery')
  await email.press('ControlOrMeta+a')
  await email.press('ControlOrMeta+x')
  await password.press('ControlOrMeta+v')
  await expect(password).toHaveValue('correct horse battery')

  await page.getByRole('button', { name: 'Show password' }).click()
  await expect(password).toHaveAttribute('type', 'text')

  await page.goto('/sign-in')
  await expect(password).toHaveAttribute('autocomplete', 'current-password')
  await expect(password).toHaveAttribute('type', 'password')
})
