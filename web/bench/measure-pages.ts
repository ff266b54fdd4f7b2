import { spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'
import { type BrowserContext, chromium as playwright, type Response } from '@playwright/test'
import lighthouse, { desktopConfig } from 'lighthouse'

/**
 * What each page loads, and Lighthouse's scores of the pages that people see first, through a running edge (BASE_URL).
 * Scores are medians of the rounds. Run: npm run bench -- lighthouse
 */
const rounds = 3
const groups = ['performance', 'accessibility', 'best-practices', 'seo']
const base = process.env.BASE_URL ?? 'https://localhost'
const person = {
  email: `bench-${crypto.randomUUID()}@example.com`,
  password: `correct horse ${crypto.randomUUID()}`,
}

type Form = 'phone' | 'desktop'
type Scores = Record<string, number>
type Size = { page: string; js: number; css: number }

async function main() {
  const chromium = await startChromium()
  const sizes = await withPages(chromium.port, (context) => weighAll(context, ['/', '/sign-in']))
  const scores = [...(await scorePage('/', chromium.port)), ...(await scorePage('/sign-in', chromium.port))]
  const ofAccount = ['/documents', '/documents/new', '/media', '/billing', '/account']
  sizes.push(
    ...(await withPages(chromium.port, async (context) => {
      await signIn(context)
      return weighAll(context, ofAccount)
    })),
  )
  scores.push(...(await scorePage('/documents', chromium.port)))
  chromium.stop()

  console.log('\nLoaded before the page is still, in kB after gzip -9')
  console.table(sizes.map(({ page, js, css }) => ({ page, js: inKilobytes(js), css: inKilobytes(css) })))
  console.log(`\nLighthouse, medians of ${rounds}`)
  console.table(scores)
}

/** Lighthouse wants the browser to itself, so Playwright is there only between its runs. */
async function withPages<T>(port: number, use: (context: BrowserContext) => Promise<T>): Promise<T> {
  const browser = await playwright.connectOverCDP(`http://127.0.0.1:${port}`)
  const context = browser.contexts()[0] ?? (await browser.newContext())
  const result = await use(context)
  await browser.close()
  return result
}

async function startChromium(): Promise<{ port: number; stop: () => void }> {
  const program = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  const profile = await mkdtemp(join(tmpdir(), 'finity-bench-'))
  const child = spawn(program, [
    '--headless=new',
    '--no-sandbox',
    '--ignore-certificate-errors',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
  ])
  for await (const line of createInterface(child.stderr)) {
    const port = /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(line)?.[1]
    if (port) return { port: Number(port), stop: () => child.kill() }
  }
  throw new Error('Chromium did not start.')
}

async function weighAll(context: BrowserContext, addresses: string[]): Promise<Size[]> {
  const sizes: Size[] = []
  for (const address of addresses) sizes.push(await weigh(context, address))
  return sizes
}

/** A browser that was never here before loads all of it. */
async function weigh(context: BrowserContext, address: string): Promise<Size> {
  const page = await context.newPage()
  const responses: Response[] = []
  page.on('response', (response) => responses.push(response))
  await page.goto(base + address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  // What comes from here on is loaded ahead for other pages.
  const loaded = [...responses]
  const js = await sumOf(loaded.filter((response) => response.request().resourceType() === 'script'))
  const css = await sumOf(loaded.filter((response) => response.request().resourceType() === 'stylesheet'))
  await page.close()
  return { page: address, js, css }
}

async function sumOf(responses: Response[]): Promise<number> {
  const bodies = await Promise.all(responses.map((response) => response.body()))
  return bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0)
}

async function signIn(context: BrowserContext) {
  const page = await context.newPage()
  await page.goto(`${base}/register`)
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL('**/documents')
  await page.close()
}

async function scorePage(address: string, port: number) {
  return [await score(address, 'phone', port), await score(address, 'desktop', port)]
}

async function score(address: string, form: Form, port: number) {
  const runs: Scores[] = []
  for (let round = 0; round < rounds; round += 1) runs.push(await runPatiently(address, form, port))
  const medians = groups.map((group) => [group, median(runs.map((run) => run[group] ?? 0))])
  return { page: address, form, ...Object.fromEntries(medians) }
}

/** Now and then a browser on a busy machine gives Lighthouse no trace to work with. */
async function runPatiently(address: string, form: Form, port: number, attempts = 3): Promise<Scores> {
  try {
    return await runLighthouse(address, form, port)
  } catch (failure) {
    if (attempts === 1) throw failure
    return runPatiently(address, form, port, attempts - 1)
  }
}

async function runLighthouse(address: string, form: Form, port: number): Promise<Scores> {
  const flags = { port, onlyCategories: groups, disableStorageReset: true, logLevel: 'error' as const }
  const result = await lighthouse(base + address, flags, form === 'desktop' ? desktopConfig : undefined)
  const { categories = {}, runtimeError, finalDisplayedUrl } = result?.lhr ?? {}
  if (runtimeError) throw new Error(runtimeError.message)
  if (finalDisplayedUrl !== base + address) throw new Error(`${address} led to ${finalDisplayedUrl}.`)
  return Object.fromEntries(groups.map((group) => [group, Math.round((categories[group]?.score ?? 0) * 100)]))
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

function inKilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1)
}

await main()
