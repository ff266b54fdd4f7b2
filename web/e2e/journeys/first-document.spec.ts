import { aPerson, register, signIn, signOut } from '../fixtures/accounts.ts'
import { deleteEveryDocument, save, writeDocument } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test('a visitor registers, writes, finds the text again after a reload, edits it, and signs out for good', async ({
  page,
  request,
}) => {
  const person = aPerson()

  await test.step('register by the landing page', async () => {
    await page.goto('/')
    await page.getByRole('link', { name: 'Create an account' }).click()
    await register(page, person)
    await signOut(page)
    await expect(page.getByText('You are signed out.')).toBeVisible()
    await signIn(page, person)
    await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible()
  })

  const address = await test.step('write, reload, edit', async () => {
    await writeDocument(page, 'Packing list', '- tent\n- *rope*')
    await expect(page).toHaveURL(/\/documents\/(?!new)/)
    await page.reload()
    await expect(page.getByLabel('Title')).toHaveValue('Packing list')
    await expect(page.getByLabel('Text, in Markdown')).toHaveValue('- tent\n- *rope*')

    await page.getByLabel('Text, in Markdown').fill('- tent\n- rope\n- map')
    await save(page)
    await page.reload()
    await expect(page.getByLabel('Text, in Markdown')).toHaveValue('- tent\n- rope\n- map')
    return page.url()
  })

  await test.step('sign out, and no way back in', async () => {
    await signOut(page)
    await expect(page).toHaveURL('/sign-in')
    await page.goto(address)
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    const response = await request.get('/api/documents')
    expect(response.status()).toBe(401)
  })

  await test.step('signing in leads back to the page that was asked for', async () => {
    await signIn(page, person)
    await expect(page).toHaveURL(address)
    await expect(page.getByLabel('Title')).toHaveValue('Packing list')
    await deleteEveryDocument(request, person)
  })
})
