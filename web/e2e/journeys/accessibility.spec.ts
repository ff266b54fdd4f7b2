import type { Page } from '@playwright/test'
import { fillCredentials, openMenu } from '../fixtures/accounts.ts'
import { changeElsewhere, textField, writeDocumentsByRequest } from '../fixtures/documents.ts'
import { mediaItem, uploadByRequest } from '../fixtures/media.ts'
import { aPicture, aText } from '../fixtures/pictures.ts'
import { expect, test } from '../fixtures/test.ts'

const markdown = [
  '## To decide',
  'Which **two** ideas go first, and [why](https://example.com).',
  '- [x] Ask everybody\n- [ ] Write the summary',
  '> Small steps, often.',
  '| what | who |\n|---|---|\n| `rope` | Ann |',
].join('\n\n')

const documents = [
  { title: 'Packing list', content: 'tent, rope, map', tags: ['travel'] },
  { title: 'Reading', content: '', tags: [] },
  { title: 'Notes for Thursday', content: markdown, tags: ['meeting', 'planning'] },
]

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    // Nothing is looked at half-way between two colours.
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('the pages of visitors keep nobody out', async ({ page, person, inspected, faults }) => {
      faults.expect(/400 .*\/auth\/(jwt\/login|verify)/)
      for (const [name, address] of Object.entries({
        landing: '/',
        register: '/register',
        'sign-in': '/sign-in',
        'forgot-password': '/forgot-password',
        'reset-password': '/reset-password#token=unknown',
        'reset-password-dead-link': '/reset-password',
        'not-found': '/no/such/page',
      })) {
        await page.goto(address)
        await inspected(name)
      }

      await page.goto('/register')
      await page.getByRole('button', { name: 'Create account' }).click()
      await inspected('register-faults')

      await page.goto('/verify#token=unknown')
      await expect(page.getByText('This link does not work any more')).toBeVisible()
      await inspected('verify-dead-link')

      await page.goto('/forgot-password')
      await page.getByLabel('E-mail').fill(person.email)
      await page.getByRole('button', { name: 'Send the mail' }).click()
      await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
      await inspected('check-mail')

      await page.goto('/sign-in')
      await fillCredentials(page, { ...person, password: 'not the password' })
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expect(page.getByRole('alert')).toBeVisible()
      await inspected('sign-in-refused')
    })

    test('a page that cannot be loaded keeps nobody out', async ({ page, inspected, faults }) => {
      faults.expect(/ERR_FAILED|dynamically imported module/)
      await page.route(/\/verify[-.][^/]*(js|tsx)(\?|$)/, (route) => route.abort())
      const loads: Page[] = []
      page.on('load', (loaded) => loads.push(loaded))
      await page.goto('/verify')
      // It is loaded anew once, in case the page was of an older release.
      await expect.poll(() => loads).toHaveLength(2)
      await expect(page.getByRole('heading', { name: 'Something went wrong' })).toBeVisible()
      await inspected('error')
    })

    test('the pages of a new account keep nobody out', async ({ page, signedIn: _, inspected }) => {
      for (const [name, address] of Object.entries({
        'documents-empty': '/documents',
        'document-new': '/documents/new',
        'trash-empty': '/documents/trash',
        'media-empty': '/media',
        billing: '/billing',
        account: '/account',
        'account-security': '/account/security',
        'account-sessions': '/account/sessions',
      })) {
        await page.goto(address)
        await expect(page.getByText('Loading…')).toHaveCount(0)
        await inspected(name)
      }
      await openMenu(page)
      await inspected('menu')
    })

    test('the pages of an account in use keep nobody out', async ({
      page,
      person,
      request,
      signedIn: _,
      inspected,
      isMobile,
      faults,
    }) => {
      faults.expect(/412 .*\/api\/documents\//)
      const ids = await writeDocumentsByRequest(request, person, documents)
      await uploadByRequest(request, person, [aPicture('harbour.png'), aText('list.txt')])
      await page.goto('/documents')
      await expect(page.getByRole('link', { name: 'Packing list' })).toBeVisible()
      await inspected('documents')

      await page.goto(`/documents/${ids[2]}`)
      await expect(textField(page)).toHaveValue(markdown)
      await inspected('document')
      if (isMobile) await page.getByText('Preview', { exact: true }).click()
      await expect(page.getByRole('region', { name: 'Preview' }).getByRole('checkbox').first()).toBeVisible()
      await inspected('document-preview')

      await page.goto(`/documents/${ids[0]}`)
      await expect(textField(page)).toHaveValue('tent, rope, map')
      await changeElsewhere(request, person, ids[0] ?? '', { content: 'tent, long rope, map' })
      await textField(page).fill('tent, short rope, map')
      await expect(page.getByRole('dialog', { name: 'Changed elsewhere' })).toBeVisible()
      await inspected('document-conflict')
      await page.getByRole('button', { name: 'Take the saved one' }).click()

      await page.getByRole('button', { name: 'Delete' }).click()
      await expect(page.getByText('“Packing list” is in the trash.')).toBeVisible()
      await inspected('documents-undo')
      await page.goto('/documents/trash')
      await expect(page.getByText('Packing list')).toBeVisible()
      await inspected('trash')

      await page.goto('/media')
      await expect(mediaItem(page, 'harbour.png')).toBeVisible()
      await inspected('media')
      await mediaItem(page, 'harbour.png').click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await inspected('media-open')
    })
  })
}
