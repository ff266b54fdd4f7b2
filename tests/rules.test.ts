import { afterAll, describe, expect, test } from 'vitest'
import { judge, type Rule, rules } from './support/rules.ts'
import { gather, holdStack, inspect, letJobsGo, readSecrets } from './support/rules-gather.ts'
import { docker } from './support/stack.ts'

/** What may break a rule, and why. docs/decisions/0024 has those of the CIS Docker Benchmark. */
const exceptions: { service: string; rule: Rule; because: string }[] = [
  {
    service: 'db',
    rule: 'has no shell',
    because: 'it makes its cluster by a script, and archives by a command',
  },
  { service: 'backup', rule: 'has no shell', because: 'PostgreSQL runs its restore command by one' },
  { service: 'redis', rule: 'has no shell', because: 'its password goes from a file to its standard input' },
  { service: 'web', rule: 'has nothing that downloads', because: 'wget is its health check' },
]

const subjects = holdStack()
const idOf = (service: string) => subjects.find((subject) => subject.service === service)?.id ?? ''
const names = Object.keys(rules) as Rule[]
const facts = await gather(subjects, readSecrets())
const broken = new Map(facts.map((fact) => [fact.service, new Map(judge(fact))]))
const excepted = (service: string, rule: Rule) =>
  exceptions.some((exception) => exception.service === service && exception.rule === rule)

afterAll(() => letJobsGo(subjects))

describe.each([...broken])('%s', (service, findings) => {
  test.each(names.filter((rule) => !excepted(service, rule)))('%s', (rule) => {
    expect(findings.get(rule) ?? []).toEqual([])
  })
})

test('every exception is one still', () => {
  const needless = exceptions.filter(({ service, rule }) => !broken.get(service)?.has(rule))

  expect(needless).toEqual([])
})

test('an edge in the network of the databases would be found', async () => {
  const databases = subjects.filter(({ service }) => ['db', 'redis'].includes(service))
  const [network = ''] = Object.keys(inspect([idOf('db')])[0]?.NetworkSettings.Networks ?? {})
  const still = ['finity-auth', '--eval', 'setInterval(() => {}, 1_000_000)']
  const id = docker('run', '--detach', '--network', network, ...still).trim()

  const edge = (await gather([...databases, { service: 'edge', isJob: false, id }], {})).at(-1)

  docker('rm', '--force', '--volumes', id)
  expect(edge?.reached).toEqual(['db', 'redis'])
})

test('the stack is resident in less than 700 MB', () => {
  const running = facts.filter(({ isJob }) => !isJob)

  const resident = running.map(({ service, processes }) => {
    const bytes = processes.reduce((sum, { residentBytes }) => sum + residentBytes, 0)
    return { service, megabytes: Math.round(bytes / 1024 / 1024) }
  })

  console.info(resident.map(({ service, megabytes }) => `${service} ${megabytes} MB`).join(', '))
  expect(resident.reduce((sum, { megabytes }) => sum + megabytes, 0)).toBeLessThan(700)
})

test('every service of production is looked at', () => {
  const known = [...broken.keys()].sort()

  console.info(table())
  expect(known).toEqual(
    expect.arrayContaining(['api', 'api-migrate', 'auth', 'auth-migrate', 'backup', 'db', 'redis', 'web']),
  )
})

/** Rules by containers: kept ✓, an exception e, broken ✗. */
function table(): string {
  const sign = (service: string, rule: Rule) =>
    excepted(service, rule) ? 'e' : broken.get(service)?.has(rule) ? '✗' : '✓'
  const lines = names.map(
    (rule) => `| ${rule} | ${[...broken.keys()].map((service) => sign(service, rule)).join(' | ')} |`,
  )
  return [`| | ${[...broken.keys()].join(' | ')} |`, `|---|${'---|'.repeat(broken.size)}`, ...lines].join(
    '\n',
  )
}
