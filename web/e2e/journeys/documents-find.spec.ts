import { listedDocuments, writeDocumentsByRequest } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test.beforeEach(async ({ page, person, request, signedIn: _ }) => {
  await writeDocumentsByRequest(request, person, [
    { title: 'Beans', content: 'Soak them overnight.', tags: ['kitchen', 'slow'] },
    { title: 'Apples', content: 'Bake them in an oven.', tags: ['kitchen'] },
    { title: 'Cables', content: 'Coil them overnight.', tags: ['studio'] },
  ])
  await page.reload()
  await expect(listedDocuments(page)).toHaveText(['Cables', 'Apples', 'Beans'])
})

test('words find documents while they are typed, and the address keeps them', async ({ page }) => {
  await page.getByRole('searchbox', { name: 'Search documents' }).fill('overn')

  await expect(listedDocuments(page)).toHaveText(['Cables', 'Beans'])
  await expect(page.getByText('2 documents found')).toBeAttached()
  await expect(page).toHaveURL('/documents?q=overn')
  await page.reload()
  await expect(page.getByRole('searchbox')).toHaveValue('overn')
  await expect(listedDocuments(page)).toHaveText(['Cables', 'Beans'])
})

test('a tag narrows the list, together with words', async ({ page }) => {
  await page.getByLabel('Tag').selectOption({ label: 'kitchen (2)' })
  await expect(listedDocuments(page)).toHaveText(['Apples', 'Beans'])

  await page.getByRole('searchbox').fill('soak')

  await expect(listedDocuments(page)).toHaveText(['Beans'])
})

test('the list can be put in another order, which coming back keeps', async ({ page }) => {
  await page.getByLabel('Sort by').selectOption('Title, A to Z')
  await expect(listedDocuments(page)).toHaveText(['Apples', 'Beans', 'Cables'])

  await page.getByRole('link', { name: 'Beans' }).click()
  await expect(page.getByLabel('Title')).toHaveValue('Beans')
  await page.goBack()

  await expect(page.getByLabel('Sort by')).toHaveValue('title')
  await expect(listedDocuments(page)).toHaveText(['Apples', 'Beans', 'Cables'])
})

test('a search without a result offers the way back to everything', async ({ page }) => {
  await page.getByRole('searchbox').fill('nowhere')
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()

  await page.getByRole('link', { name: 'Show all documents' }).click()

  await expect(page.getByRole('searchbox')).toHaveValue('')
  await expect(listedDocuments(page)).toHaveText(['Cables', 'Apples', 'Beans'])
})
