import { answerAsPaid } from '../fixtures/billing.ts'
import { writeDocumentsByRequest } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test('the billing page shows what is used of the plan, and whom to ask for another', async ({
  page,
  person,
  request,
  signedIn: _,
}) => {
  await writeDocumentsByRequest(request, person, ['First', 'Second'])
  await page.goto('/billing')
  await expect(page.getByRole('region', { name: 'Your plan' })).toContainText('Free')
  await expect(page.getByRole('meter', { name: 'Documents' })).toHaveAttribute('aria-valuetext', '2 of 100')
  await expect(page.getByRole('meter', { name: 'Storage' })).toHaveAttribute(
    'aria-valuetext',
    '0 bytes of 500 MB',
  )
  await expect(page.getByText('Plans are given by hand here.')).toBeVisible()
  await expect(page.getByRole('button', { name: /Choose|Change|End/ })).toHaveCount(0)
})

test('choosing a plan leads to where it is paid for, and the way back can be gone again', async ({
  page,
  signedIn: _,
}) => {
  await answerAsPaid(page, 'free')
  await page.goto('/billing')
  await page.getByRole('button', { name: 'Choose Pro' }).click()
  await page.waitForURL('**/*payment=checkout')

  await page.goBack()
  await expect(page.getByRole('button', { name: 'Choose Pro' })).toBeEnabled()
})

test('whoever comes back from paying sees the plan as soon as it is confirmed', async ({
  page,
  signedIn: _,
}) => {
  const payment = await answerAsPaid(page, 'free')
  await page.goto('/billing?checkout=done')
  await expect(page.getByText('The payment is being confirmed')).toBeVisible()

  payment.becomes('pro')
  await expect(page.getByText('Thank you. You are on Pro now.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Your plan' })).toContainText('Pro')
  await expect(page).toHaveURL('/billing')
})

test('whoever turns back from paying is told that nothing was charged', async ({ page, signedIn: _ }) => {
  await answerAsPaid(page, 'free')
  await page.goto('/billing?checkout=cancelled')
  await expect(page.getByText('Nothing was bought and nothing was charged.')).toBeVisible()
})

test('a plan is ended without a question, and kept again by undoing it', async ({ page, signedIn: _ }) => {
  await answerAsPaid(page, 'pro')
  await page.goto('/billing')
  await page.getByRole('button', { name: 'End the plan' }).click()
  await expect(page.getByText('The plan ends on January 14, 2040.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Keep the plan' })).toBeFocused()

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('The plan goes on.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'End the plan' })).toBeVisible()
})

test('a change that costs money is asked about first', async ({ page, signedIn: _ }) => {
  await answerAsPaid(page, 'pro')
  await page.goto('/billing')
  await page.getByRole('button', { name: 'Change to Team' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Change to Team' })).toBeFocused()

  await page.getByRole('button', { name: 'Change to Team' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Change to Team' }).click()
  await expect(page.getByText('You are on Team now.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Your plan' })).toContainText('Team')
})

test('a card that is refused changes nothing, and the question says so', async ({
  page,
  signedIn: _,
  faults,
}) => {
  faults.expect(/402 .*\/api\/subscription\/change/)
  await answerAsPaid(page, 'pro')
  await page.route('**/api/subscription/change', (route) =>
    route.fulfill({ status: 402, json: { status: 402, detail: 'PAYMENT_FAILED' } }),
  )
  await page.goto('/billing')
  await page.getByRole('button', { name: 'Change to Team' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Change to Team' }).click()
  await expect(page.getByRole('alert')).toContainText('Your card was refused, so nothing has changed.')
})

test('a failed payment says what to do about it', async ({ page, signedIn: _ }) => {
  await answerAsPaid(page, 'pro', { status: 'past_due' })
  await page.goto('/billing')
  await expect(page.getByRole('alert')).toContainText('The last payment failed.')

  await page.getByRole('button', { name: 'Update your card' }).click()
  await page.waitForURL('**/*payment=portal')
})
