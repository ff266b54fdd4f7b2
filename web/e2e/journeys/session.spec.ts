import { aPerson, outliveAccessToken, registerByRequest, signIn, signOut } from '../fixtures/accounts.ts'
import { save, writeDocument } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test('a reload keeps the session, and shows no signed-out page on the way', async ({ page, signedIn }) => {
  const shown: string[] = []
  page.on('framenavigated', (frame) => shown.push(new URL(frame.url()).pathname))
  await page.reload()
  await expect(page.getByText(signedIn.email)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible()
  expect(new Set(shown)).toEqual(new Set(['/documents']))
})

test('no script can read what the browser is known by', async ({ page, person, context }) => {
  const answer = page.waitForResponse('**/auth/jwt/login')
  await signIn(page, person)
  const { access_token: token } = await (await answer).json()
  await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible()

  const stored = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]))
  const cookies = await context.cookies()
  expect(stored).not.toContain(token)
  expect(cookies.length).toBeGreaterThan(0)
  for (const { name, value, httpOnly, sameSite } of cookies) {
    expect(stored).not.toContain(value)
    expect({ name, httpOnly, sameSite }).toEqual({ name, httpOnly: true, sameSite: 'Strict' })
  }
})

test('tabs that are opened at once all stay signed in', async ({ context, signedIn: _ }) => {
  const tabs = await Promise.all([context.newPage(), context.newPage(), context.newPage()])
  for (const _round of ['first', 'again']) {
    await Promise.all(tabs.map((tab) => tab.goto('/documents')))
    for (const tab of tabs) await expect(tab.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible()
  }
})

test('an access token that is past its end is renewed before anyone notices', async ({
  page,
  signedIn: _,
}) => {
  const renewals: number[] = []
  page.on('response', (response) => {
    if (response.url().endsWith('/auth/refresh')) renewals.push(response.status())
  })
  await writeDocument(page, 'Diary', 'morning')
  expect(renewals).toEqual([])

  await outliveAccessToken(page)
  await page.getByLabel('Text, in Markdown').fill('evening')
  await save(page)
  expect(renewals).toEqual([200])
})

test('a refused access token is renewed, and the request is made again', async ({
  page,
  signedIn: _,
  faults,
}) => {
  faults.expect(/401 .*\/api\/documents\//)
  await writeDocument(page, 'Diary', 'morning')
  await page.route('**/api/documents/*', (route) => route.fulfill({ status: 401, json: {} }), { times: 1 })
  await page.getByLabel('Text, in Markdown').fill('evening')
  await save(page)
})

test('a service that cannot be reached for a moment signs nobody out', async ({ page, signedIn, faults }) => {
  faults.expect(/503 .*\/auth\/refresh/)
  await page.route('**/auth/refresh', (route) => route.fulfill({ status: 503, json: {} }))
  await page.reload()
  await expect(page.getByRole('alert')).toContainText('Finity is not available right now.')

  await page.unroute('**/auth/refresh')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText(signedIn.email)).toBeVisible()
})

test('a session that is over leads to signing in', async ({ page, context, signedIn, faults }) => {
  faults.expect(/401 .*\/auth\/refresh/)
  await context.clearCookies()
  await page.reload()
  await expect(page.getByText('Your session has ended.')).toBeVisible()
  await signIn(page, signedIn)
  await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible()
})

test('signing out ends the session for whoever kept its cookies, even after a long pause', async ({
  page,
  context,
  signedIn: _,
}) => {
  const kept = await context.cookies()
  await outliveAccessToken(page)
  const told = page.waitForResponse('**/auth/jwt/logout')
  await signOut(page)
  expect((await told).status()).toBe(204)
  await expect(page.getByText('You are signed out.')).toBeVisible()

  await context.addCookies(kept)
  const answer = await context.request.post('/auth/refresh')
  expect(answer.status()).toBe(401)
})

test('signing out without the service says what is left to do', async ({ page, signedIn: _, faults }) => {
  faults.expect(/ERR_FAILED.*\/auth\/jwt\/logout/)
  await page.route('**/auth/jwt/logout', (route) => route.abort())
  await signOut(page)
  await expect(page.getByText('You are signed out here, but Finity could not be reached')).toBeVisible()
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

test('signing in with another account takes the other tabs along', async ({
  page,
  context,
  request,
  signedIn,
}) => {
  const other = aPerson()
  await registerByRequest(request, other)
  const otherTab = await context.newPage()
  await otherTab.goto('/documents')
  await expect(otherTab.getByText(signedIn.email)).toBeVisible()

  await signOut(page)
  await signIn(page, other)
  await expect(page.getByText(other.email)).toBeVisible()
  await expect(otherTab.getByText(other.email)).toBeVisible()
})
