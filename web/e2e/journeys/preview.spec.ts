import { textField, writeDocument } from '../fixtures/documents.ts'
import { expect, test } from '../fixtures/test.ts'

test('a text is shown as it will be read, while it is written', async ({ page, signedIn: _, isMobile }) => {
  await writeDocument(page, 'Plan', '## To do\n\n- [x] tent\n\n| what | who |\n|---|---|\n| rope | Ann |')
  if (isMobile) await page.getByText('Preview', { exact: true }).click()
  const preview = page.getByRole('region', { name: 'Preview' })

  await expect(preview.getByRole('heading', { name: 'To do' })).toBeVisible()
  await expect(preview.getByRole('checkbox')).toBeChecked()
  await expect(preview.getByRole('cell', { name: 'Ann' })).toBeVisible()

  if (isMobile) await page.getByText('Write', { exact: true }).click()
  await textField(page).fill('## Done')
  if (isMobile) await page.getByText('Preview', { exact: true }).click()
  await expect(preview.getByRole('heading', { name: 'Done' })).toBeVisible()
})

test('nothing in a text runs, and nothing of it is fetched from other sites', async ({
  page,
  signedIn: _,
  isMobile,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).hostname))
  const text = [
    '<img src="https://other.example/tracker.png" onerror="document.title = 1">',
    '<script>document.title = 1</script>',
    '![a map](https://other.example/map.png)',
    '[do it](javascript:document.title=1)',
    '[elsewhere](https://other.example/page)',
  ].join('\n\n')
  await writeDocument(page, 'Trap', text)
  if (isMobile) await page.getByText('Preview', { exact: true }).click()
  const preview = page.getByRole('region', { name: 'Preview' })

  await expect(preview.getByRole('link', { name: 'Picture elsewhere: a map' })).toBeVisible()
  await expect(preview.getByRole('link', { name: 'elsewhere', exact: true })).toHaveAttribute(
    'rel',
    /noopener/,
  )
  await expect(preview.getByRole('link', { name: 'do it' })).toBeHidden()
  await expect(preview.getByRole('img')).toBeHidden()
  expect(asked).not.toContain('other.example')
  await expect(page).toHaveTitle(/Trap/)
})
