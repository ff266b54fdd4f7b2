import type { Page } from '@playwright/test'
import { aPerson, type Person, registerByRequest, signIn } from '../fixtures/accounts.ts'
import { answerBackups, soundStatus, troubledStatus } from '../fixtures/backups.ts'
import { expectNoSidewaysScroll } from '../fixtures/sideways-scroll.ts'
import { expect, test } from '../fixtures/test.ts'

async function openAccount(page: Page, { email }: Person) {
  await page.getByRole('searchbox', { name: 'Search by address' }).fill(email)
  const row = page.getByRole('list', { name: 'Accounts' }).getByRole('listitem')
  await expect(row).toHaveCount(1)
  await row.getByText(email).click()
  return row
}

test.describe('a superuser', () => {
  test.beforeEach(async ({ page, superuser }) => {
    await signIn(page, superuser)
    await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible()
    await page.goto('/admin/users')
  })

  test('finds an account by its address, and a link leads to the same search', async ({
    page,
    superuser,
  }) => {
    const part = superuser.email.slice(0, 20)
    await page.getByRole('searchbox', { name: 'Search by address' }).fill(part)
    await expect(page).toHaveURL(`/admin/users?q=${part}`)

    await page.reload()
    await expect(page.getByRole('searchbox')).toHaveValue(part)
    await expect(page.getByRole('list', { name: 'Accounts' }).getByRole('listitem')).toHaveCount(1)
  })

  test('deactivates an account, which signs it out, and undoes it', async ({
    page,
    request,
    elsewhere,
    faults,
  }) => {
    faults.expect(/401 .*\/auth\/refresh/)
    const other = aPerson()
    await registerByRequest(request, other)
    await signIn(elsewhere, other)
    await expect(elsewhere.getByRole('heading', { name: 'Documents' })).toBeVisible()

    const row = await openAccount(page, other)
    await row.getByRole('button', { name: 'Deactivate' }).click()
    await expect(page.getByText('is deactivated and signed out.')).toBeVisible()
    await elsewhere.reload()
    await expect(elsewhere.getByText('Your session has ended.')).toBeVisible()

    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('is active again.')).toBeVisible()
    await signIn(elsewhere, other)
    await expect(elsewhere.getByRole('heading', { name: 'Documents' })).toBeVisible()
  })

  test('signs an account out everywhere', async ({ page, request, elsewhere }) => {
    const other = aPerson()
    await registerByRequest(request, other)
    await signIn(elsewhere, other)
    await expect(elsewhere.getByRole('heading', { name: 'Documents' })).toBeVisible()

    const row = await openAccount(page, other)
    await row.getByRole('button', { name: 'Sign out everywhere' }).click()
    await expect(row.getByText('0 sessions')).toBeVisible()
    await elsewhere.reload()
    await expect(elsewhere.getByText('Your session has ended.')).toBeVisible()
  })

  test('gives an account a plan, which it has at once', async ({ page, request, elsewhere }) => {
    const other = aPerson()
    await registerByRequest(request, other)
    const row = await openAccount(page, other)
    await row.getByRole('combobox', { name: 'Plan' }).selectOption('Pro')
    await expect(page.getByText(`${other.email} is on Pro now.`)).toBeVisible()

    await signIn(elsewhere, other)
    await expect(elsewhere.getByRole('heading', { name: 'Documents' })).toBeVisible()
    await elsewhere.goto('/billing')
    await expect(elsewhere.getByRole('region', { name: 'Your plan' })).toContainText('Pro')
    await expect(elsewhere.getByText('It was given to you by hand')).toBeVisible()

    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(row.getByRole('combobox', { name: 'Plan' })).toHaveValue('free')
  })

  test('cannot lock themselves out', async ({ page, superuser }) => {
    const row = await openAccount(page, superuser)
    await expect(row.getByText('This is your own account.')).toBeVisible()
    await expect(row.getByRole('button')).toHaveCount(0)
  })

  test('sees how every service is, and the page follows what changes', async ({ page }) => {
    await page.goto('/admin/system')
    const services = page.getByRole('region', { name: 'Services' }).getByRole('listitem')
    await expect(services).toHaveCount(5)
    await expect(services.filter({ hasText: 'Database' })).toContainText('Working')

    await page.route('**/api/system', async (route) => {
      const system = await (await route.fetch()).json()
      const failing = { name: 'database', status: 'failing', version: null, detail: 'It does not answer.' }
      await route.fulfill({ json: { ...system, services: [...system.services.slice(1), failing] } })
    })
    await expect(services.filter({ hasText: 'It does not answer.' })).toContainText('Failing')
  })

  test('sees when a restore last proved a backup, and what somebody has to look at', async ({ page }) => {
    const backups = await answerBackups(page, { state: 'absent' })
    await page.goto('/admin/system')
    const section = page.getByRole('region', { name: 'Backups' })
    await expect(section).toContainText('No backup service runs here.')

    backups.become({ state: 'known', status: soundStatus })
    await expect(section).toContainText('1.2 GB, 9 sec')
    await expect(section).toContainText('full, 1.3 GB, 9 sec')
    await expect(section).toContainText('Each commit waits for the second copy.')
    await expect(section.getByRole('alert')).toHaveCount(0)

    backups.become({ state: 'known', status: troubledStatus })
    await expect(section.getByRole('alert')).toContainText('Remedy: npm run backup -- drill')
    await expect(section).toContainText('Strict, but stepped down')
    await expect(section).toContainText('Failed Jan 2, 2026')

    backups.become({ state: 'unreachable' })
    await expect(section.getByRole('alert')).toContainText('cannot be reached')
  })

  test('reads of backups on a screen of 320 pixels without scrolling sideways', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 })
    await answerBackups(page, { state: 'known', status: troubledStatus })
    await page.goto('/admin/system')
    await expect(page.getByRole('region', { name: 'Backups' }).getByRole('alert')).toBeVisible()
    await expectNoSidewaysScroll(page)
  })

  test('tries a job again that was given up, or deletes it after a question', async ({ page }) => {
    const settled: string[] = []
    const letter = (id: string) => ({
      id,
      kind: 'make-variants',
      failed_at: '2026-01-02T03:04:05.000Z',
      error: `no picture in ${id}`,
      attempts: 5,
    })
    await page.route('**/api/system', async (route) => {
      const system = await (await route.fetch()).json()
      const dead = ['first', 'second'].filter((id) => !settled.includes(id)).map(letter)
      await route.fulfill({ json: { ...system, queue: { ...system.queue, dead, dead_count: dead.length } } })
    })
    await page.route('**/api/system/dead-letters/**', (route) => {
      settled.push(new URL(route.request().url()).pathname.split('/')[4] ?? '')
      return route.fulfill({ status: 204 })
    })
    await page.goto('/admin/system')
    const letters = page.getByRole('list', { name: 'Jobs that were given up' }).getByRole('listitem')
    await letters
      .filter({ hasText: 'first' })
      .getByRole('button', { name: /Try again/ })
      .click()
    await expect(letters).toHaveCount(1)

    await letters.getByRole('button', { name: /Delete/ }).click()
    await page.getByRole('button', { name: 'Delete the job' }).click()
    await expect(page.getByText('No job was given up.')).toBeVisible()
  })
})

test('for everybody else there is nothing at the addresses of superusers', async ({ page, signedIn: _ }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  for (const address of ['/admin/users', '/admin/system']) {
    await page.goto(address)
    await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  }
  expect(asked.filter((path) => path === '/users' || path === '/api/system')).toEqual([])
})

test('a link to a page of superusers is followed after signing in', async ({ page, superuser }) => {
  await page.goto('/admin/system')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await signIn(page, superuser)
  await expect(page.getByRole('heading', { name: 'System' })).toBeVisible()
})
