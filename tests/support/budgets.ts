import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { copyOut, imageNames, onStandIns, partsOf } from './built-images.ts'
import { docker, readFile } from './stack.ts'

export type Weights = Record<string, number>
/** Images on official bases weigh something else than those on stand-ins; what people load is the same on every base. */
export type Budgets = { every: Weights; official: Weights; 'stand-in': Weights }

export const readBudgets = (): Budgets => JSON.parse(readFile('tests/budgets.json'))
export const kindOfBases = () => (onStandIns() ? 'stand-in' : 'official')
const isOnEvery = (what: string) => what === firstPage
const firstPage = 'first page, kB of JavaScript'

/** What images weigh, how many packages are in them, and the JavaScript of the first page. */
export async function weigh(imageOf: (name: string) => string): Promise<Weights> {
  const ofImages = imageNames.flatMap((name) => {
    const size = Number(docker('image', 'inspect', '--format', '{{.Size}}', imageOf(name)))
    return [
      [`finity-${name}, MB`, size / 1e6],
      [`finity-${name}, packages`, partsOf(name).length],
    ]
  })
  return {
    ...Object.fromEntries(ofImages),
    [firstPage]: (await scriptsOfFirstPage(copyOut(imageOf('web'), 'srv'))) / 1e3,
  }
}

/** After gzip, as a browser that was never here before loads them. Nobody is signed in, and no service answers. */
async function scriptsOfFirstPage(app: string): Promise<number> {
  const server = createServer((request, response) => {
    const file = join(app, new URL(request.url ?? '/', 'http://app').pathname)
    const found = existsSync(file) && statSync(file).isFile() ? file : join(app, 'index.html')
    response.setHeader(
      'content-type',
      found.endsWith('.js') ? 'text/javascript' : found.endsWith('.css') ? 'text/css' : 'text/html',
    )
    createReadStream(found).pipe(response)
  }).listen(0, '127.0.0.1')
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  const page = await browser.newPage()
  const scripts: Promise<Buffer>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body())
  })
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: 'networkidle' })
  const bodies = await Promise.all(scripts)
  await browser.close()
  server.close()
  return bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0)
}

/** As excesses; where nothing was accepted yet for images on these bases, of what is the same on every base. */
export function excessesOn(kind: 'official' | 'stand-in', weights: Weights, budgets: Budgets): string[] {
  const isNew = Object.keys(budgets[kind]).length === 0
  if (isNew) console.warn(`There are no budgets for images on bases of this kind, ${kind}. ${howToAccept}`)
  const judged = Object.entries(weights).filter(([what]) => !isNew || isOnEvery(what))
  return excesses(Object.fromEntries(judged), { ...budgets.every, ...budgets[kind] })
}

/** The budgets with those that these weights keep. */
export function accept(kind: 'official' | 'stand-in', weights: Weights, budgets: Budgets): Budgets {
  const { [firstPage]: page = 0, ...others } = budgetsFor(weights)
  return { ...budgets, every: { [firstPage]: page }, [kind]: others }
}

/** A sentence for each weight that is more than its budget, or has none. */
export function excesses(weights: Weights, budgets: Weights): string[] {
  return Object.entries(weights).flatMap(([what, weight]) => {
    const budget = budgets[what]
    if (budget === undefined) return [`${what}: ${round(weight)}, and there is no budget`]
    return weight > budget
      ? [`${what}: ${round(weight)}, ${round(weight - budget)} more than its budget of ${budget}`]
      : []
  })
}

const round = (weight: number) => Number(weight.toFixed(1))

/** What an update of Debian's packages may add is no change of ours. */
const room = 1.02

/** Budgets that these weights keep, with a little room. */
export const budgetsFor = (weights: Weights): Weights =>
  Object.fromEntries(Object.entries(weights).map(([what, weight]) => [what, Math.ceil(weight * room)]))

export const howToAccept =
  'Make it smaller, or accept it: npm run budgets -- --accept, and commit tests/budgets.json'
