import {
  backToList,
  listedDocuments,
  save,
  textField,
  writeDocumentsByRequest,
} from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test('the list shows the newest change first and loads more', async ({
  page,
  person,
  request,
  signedIn: _,
}) => {
  const titles = Array.from({ length: 25 }, (_item, index) => `Entry ${index + 1}`)
  await writeDocumentsByRequest(request, person, titles)
  await page.reload()

  const entries = listedDocuments(page)
  await expect(entries).toHaveCount(20)
  await expect(entries.first()).toHaveText('Entry 25')
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(entries).toHaveCount(25)
  await expect(entries.nth(20)).toBeFocused()
  await expect(entries.last()).toHaveText('Entry 1')
  await expect(page.getByRole('button', { name: 'Load more' })).toBeHidden()
})

test('coming back from a document keeps the place in a long list', async ({
  page,
  person,
  request,
  signedIn: _,
}) => {
  const titles = Array.from({ length: 25 }, (_item, index) => `Entry ${index + 1}`)
  await writeDocumentsByRequest(request, person, titles)
  await page.reload()
  await page.getByRole('button', { name: 'Load more' }).click()
  await listedDocuments(page)
    .filter({ hasText: /^Entry 2$/ })
    .click()
  await expect(page.getByLabel('Title')).toHaveValue('Entry 2')

  await page.goBack()

  await expect(listedDocuments(page).filter({ hasText: /^Entry 2$/ })).toBeInViewport()
})

test('an edit moves its document to the top of the list', async ({ page, person, request, signedIn: _ }) => {
  await writeDocumentsByRequest(request, person, ['First', 'Second'])
  await page.reload()
  await page.getByRole('link', { name: 'First' }).click()
  await textField(page).fill('changed')
  await save(page)

  await backToList(page)

  await expect(listedDocuments(page)).toHaveText(['First', 'Second'])
})

test('a list that cannot be loaded says so and loads on a retry', async ({ page, signedIn: _, faults }) => {
  faults.expect(/ERR_FAILED.*\/api\/documents/)
  await page.route('**/api/documents?*', (route) => route.abort())
  await page.reload()
  await expect(page.getByRole('alert')).toContainText('Finity cannot be reached.')

  await page.unroute('**/api/documents?*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible()
})

test('a plan that has no more room keeps the text and shows where there is more', async ({
  page,
  signedIn: _,
  faults,
}) => {
  faults.expect(/403 .*\/api\/documents/)
  await page.route('**/api/documents', (route) =>
    route.fulfill({
      status: 403,
      contentType: 'application/problem+json',
      json: {
        status: 403,
        detail: { code: 'PLAN_LIMIT_REACHED', limit: 'documents', plan: 'free', allowed: 100, used: 100 },
      },
    }),
  )
  await page.getByRole('link', { name: 'New document' }).click()
  await page.getByLabel('Title').fill('One too many')

  await expect(page.getByRole('alert')).toContainText('Your plan has room for 100 documents')
  await page.getByRole('link', { name: 'See the plans' }).click()
  await expect(page).toHaveURL('/billing')
  await page.goBack()
  await expect(page.getByLabel('Title')).toHaveValue('One too many')
})
