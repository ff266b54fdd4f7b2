import { describe, expect, test } from 'vitest'
import { readFile } from './support/stack.ts'

type Row = { number: string; level: string; evidence: string }

const asvs = readFile('docs/ASVS.md')
const rows: Row[] = [...asvs.matchAll(/^\| (\d+\.\d+\.\d+) \| ([12]) \| [^|]+ \| ([^|]+) \|$/gm)].map(
  ([, number = '', level = '', evidence = '']) => ({ number, level, evidence }),
)
const citations = rows.flatMap(({ number, evidence }) =>
  [...evidence.matchAll(/`([^`]+\.(?:test|spec)\.ts)` “([^”]+)”/g)].map(([, file = '', title = '']) => ({
    number,
    file,
    title,
  })),
)

/** The text as a title of its file: the first argument of a call. */
function hasTitle(file: string, title: string): boolean {
  const code = readFile(file).replaceAll(/\(\s+/g, '(')
  return ["'", '"', '`'].some((quote) => code.includes(`(${quote}${title}${quote},`))
}

function kindOf({ evidence }: Row): string {
  return /^(not applicable|gap): ./.exec(evidence)?.[1] ?? 'shown by a test'
}

/** "15 * minute" is "15 minutes", "hour" is "1 hour", "10" is "10 seconds". */
function inWords(code: string): string {
  const [, count = '1', unit = 'second'] = /^(?:(\d+)(?: \* )?)?([a-z]+)?$/.exec(code) ?? []
  return count === '1' ? `1 ${unit}` : `${count} ${unit}s`
}

describe('docs/ASVS.md', () => {
  test('cites tests that there are', () => {
    const missing = citations.filter(({ file, title }) => !hasTitle(file, title))

    expect(citations.length).toBeGreaterThan(50)
    expect(missing).toEqual([])
  })

  test('says of every requirement what shows it, why it does not apply, or what is missing', () => {
    const cited = new Set(citations.map(({ number }) => number))
    const silent = rows.filter((row) => kindOf(row) === 'shown by a test' && !cited.has(row.number))

    expect(silent).toEqual([])
    expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length)
    expect(rows).toHaveLength(asvs.match(/^\| \d+\.\d+\.\d+ /gm)?.length ?? 0)
  })

  test('counts its rows right', () => {
    const kinds = ['shown by a test', 'not applicable', 'gap']
    const count = (some: Row[]) =>
      kinds.map((kind) => some.filter((row) => kindOf(row) === kind).length).join(' | ')
    const groups = Map.groupBy(rows, ({ number, level }) => `V${number.split('.', 1)[0]} | ${level}`)
    const counted = [...groups].map(([group, some]) => `| ${group} | ${count(some)} |`)

    const written = asvs.match(/^\| V\d+ \| \d \| .+$/gm) ?? []

    expect(written.sort()).toEqual(counted.sort())
    expect(asvs).toContain(`| all | 1 and 2 | ${count(rows)} |`)
  })
})

test('docs/ASVS.md names every limit of auth, with its numbers', () => {
  const code = readFile('services/auth/src/limits/create-limits.ts')
  const limits = [...code.matchAll(/'([\w-]+)': \{ points: (\d+), seconds: ([^}]+) \}/g)]

  const documented = [...asvs.matchAll(/^\| `([\w-]+-by-\w+)` \| (\d+) \| ([^|]+) \|$/gm)]

  expect(documented.map(([, name, points, window]) => [name, points, window])).toEqual(
    limits.map(([, name, points, seconds = '']) => [name, points, inWords(seconds)]),
  )
})

test('docs/ASVS.md names the lifetimes that auth has by default', () => {
  const code = readFile('services/auth/src/config.ts')
  const lifetimes = [...code.matchAll(/env\.seconds\('(\w+)', ([^,]+), /g)]

  const documented = [...asvs.matchAll(/^\| `(\w+_SECONDS)` \| ([^|]+) \|/gm)]

  expect(documented.map(([, name, lifetime]) => [name, lifetime]).sort()).toEqual(
    lifetimes.map(([, name, seconds = '']) => [name, inWords(seconds)]).sort(),
  )
})
