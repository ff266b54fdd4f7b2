import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { published, verb } from './support/publish.ts'
import { folder } from './support/stack.ts'

// What a workflow depends on and what is not here, gh and Trivy, stands in from support/programs: each notes how it was called.
const place = join(folder, '.finity/programs')
const calls = join(place, 'calls')
const scans = join(folder, '.finity/scans')
const image = `registry.example/team/finity-auth@sha256:${'a'.repeat(64)}`
const another = image.replace('auth', 'api')

/** A verb with these programs, and what they were asked, in order. */
function run(words: string, environment: Record<string, string> = {}) {
  const PATH = `${join(folder, 'tests/support/programs')}:${process.env.PATH}`
  const answer = verb(words, { REGISTRY: 'registry.example/team/', PATH, CALLS: calls, GITHUB: place, ...environment })
  return { ...answer, asked: existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [] }
}

beforeEach(() => {
  for (const some of [place, published, scans]) rmSync(some, { recursive: true, force: true })
  for (const some of [place, published]) mkdirSync(some, { recursive: true })
})

describe('the scan of images', () => {
  test('looks at each platform of each, and leaves a report of each, in a category of its own', () => {
    writeFileSync(join(published, 'images.txt'), `${image}\n${another}\n`)

    const { code, output, asked } = run('audit.sh built')

    const category = (file: string) =>
      JSON.parse(readFileSync(join(scans, file), 'utf8')).runs[0].automationDetails.id
    expect(code, output).toBe(0)
    expect(asked.map((call) => / --platform (\S+) .*finity-(\w+)@/.exec(call)?.slice(1).join())).toEqual([
      'linux/amd64,auth',
      'linux/arm64,auth',
      'linux/amd64,api',
      'linux/arm64,api',
    ])
    expect([category('linux-amd64-finity-auth.sarif'), category('linux-arm64-finity-api.sarif')]).toEqual([
      'built-finity-auth-linux-amd64/',
      'built-finity-api-linux-arm64/',
    ])
  })

  test('fails at a vulnerability that has a fix, after it has looked at all, and names it', () => {
    const { code, output, asked } = run(`audit.sh images ${image} ${another}`, { FOUND_IN: 'auth*arm64' })

    expect(code).toBe(1)
    expect(asked).toHaveLength(4)
    expect(output).toMatch(/Vulnerabilities that have a fix: \S+finity-auth@\S+ \(linux-arm64\): CVE-2026-1 ;\n/)
  })

  test('that could not be made is no finding: it says so, with the words of the scanner', () => {
    const { code, output } = run(`audit.sh images ${image}`, { FAILS_AT: 'auth' })

    expect(code).toBe(1)
    expect(output).toMatch(/finity-auth@\S+ \(linux-amd64\) could not be scanned: .*TOOMANYREQUESTS *\n\s+Remedy: /)
    expect(output).not.toContain('Vulnerabilities')
  })

  test('of what is released looks at the images of the last release', () => {
    writeFileSync(join(place, 'images.txt'), `${image}\n`)

    const { code, output, asked } = run('audit.sh released', { FOUND_IN: 'auth' })

    expect(code).toBe(1)
    expect(asked.map((call) => call.split(' ').slice(0, 2).join(' '))).toEqual([
      'gh release',
      'gh release',
      'trivy image',
      'trivy image',
    ])
    expect(output).toContain('CVE-2026-1')
  })
})
