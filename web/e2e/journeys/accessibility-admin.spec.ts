import { signIn } from '../fixtures/accounts.ts'
import { answerBackups, troubledStatus } from '../fixtures/backups.ts'
import { expect, test } from '../fixtures/test.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('the pages of superusers keep nobody out', async ({ page, superuser, inspected }) => {
      await answerBackups(page, { state: 'known', status: troubledStatus })
      await page.goto('/admin/system')
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
      await signIn(page, superuser)
      await expect(page.getByRole('region', { name: 'Services' })).toBeVisible()
      await expect(page.getByText('Strict, but stepped down')).toBeVisible()
      await inspected('admin-system')

      await page.goto(`/admin/users?q=${superuser.email}`)
      await page.getByRole('list', { name: 'Accounts' }).getByText(superuser.email).click()
      await expect(page.getByRole('combobox', { name: 'Plan' })).toBeVisible()
      await inspected('admin-users')
    })
  })
}
