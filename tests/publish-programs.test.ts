import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { published, verb } from './support/publish.ts'
import { docker, folder } from './support/stack.ts'

// What a workflow depends on and what is not here, gh and Trivy, stands in from support/programs: each notes how it was called.
const place = join(folder, '.finity/programs')
const calls = join(place, 'calls')
const scans = join(folder, '.finity/scans')
const image = `registry.example/team/finity-auth@sha256:${'a'.repeat(64)}`
const another = image.replace('auth', 'api')

/** A verb with these programs, and what they were asked, in order. */
function run(words: string, environment: Record<string, string> = {}) {
  const PATH = `${join(folder, 'tests/support/programs')}:${process.env.PATH}`
  const answer = verb(words, {
    REGISTRY: 'registry.example/team/',
    PATH,
    CALLS: calls,
    GITHUB: place,
    ...environment,
  })
  return { ...answer, asked: existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [] }
}

beforeEach(() => {
  for (const some of [place, published, scans]) rmSync(some, { recursive: true, force: true })
  for (const some of [place, published]) mkdirSync(some, { recursive: true })
})

describe('a build', () => {
  const platform = docker('version', '--format', '{{.Server.Os}}-{{.Server.Arch}}').trim()
  const digests = join(published, 'digests', platform)

  test('pushes each image as a candidate, with where it came from and what it holds, and notes its digest', () => {
    const { code, output, asked } = run('images.sh build', { TAG: 'main' })

    expect(code, output).toBe(0)
    expect(asked).toEqual([expect.stringMatching(/ --provenance mode=max --sbom \S+ .* release$/)])
    for (const target of [
      'auth',
      'api',
      'web',
      'gate',
      'postgres',
      'redis',
      'backup',
      'postgres-upgrade',
      'cosign',
    ]) {
      expect(asked[0]).toContain(
        ` ${target}.tags=registry.example/team/finity-${target}:candidate-main-${platform} --set ${target}.output=type=image,push=true`,
      )
      expect(readFileSync(join(digests, target), 'utf8')).toBe(`sha256:of-${target}\n`)
    }
  }, 60_000)

  test.each([
    ['takes and leaves no layers', '', false, false],
    ['takes layers of builds before, and leaves its own', 'yes', true, true],
    ['of the clock takes none, and leaves its own', 'write', false, true],
  ])(
    '%s',
    (_, cache, reads, writes) => {
      const { asked } = run('images.sh build', { TAG: 'main', IMAGE_CACHE: cache })

      expect([asked[0]?.includes('auth.cache-from='), asked[0]?.includes('auth.cache-to=')]).toEqual([
        reads,
        writes,
      ])
    },
    60_000,
  )

  test('that fails has no digest that could be merged', () => {
    const { code } = run('images.sh build', { TAG: 'main', BUILD_FAILS: 'yes' })

    expect(code).not.toBe(0)
    expect(existsSync(digests)).toBe(false)
  }, 60_000)

  test('goes on where the registry denies what is not there yet, and says what else it may be', () => {
    const { code, output } = run('images.sh check', { DENIED: 'yes' })

    expect(code, output).toBe(0)
    expect(output).toMatch(/refuses to say what it has: .*403 Forbidden.*\n.*Manage Actions access/)
  })
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
    expect(output).toMatch(
      /Vulnerabilities that have a fix: \S+finity-auth@\S+ \(linux-arm64\): CVE-2026-1 ;\n/,
    )
  })

  test('that could not be made is no finding: it says so, with the words of the scanner', () => {
    const { code, output } = run(`audit.sh images ${image}`, { FAILS_AT: 'auth' })

    expect(code).toBe(1)
    expect(output).toMatch(
      /finity-auth@\S+ \(linux-amd64\) could not be scanned: .*TOOMANYREQUESTS *\n\s+Remedy: /,
    )
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

describe('a release at GitHub', () => {
  const commit = 'c'.repeat(40)
  const tag = 'v1.4.0'
  const release = (words: string, environment: Record<string, string> = {}) =>
    run(`release.sh ${words}`, { GITHUB_SHA: commit, ...environment })
  const know = (some: Record<string, string>) => {
    for (const [name, text] of Object.entries(some)) writeFileSync(join(place, name), `${text}\n`)
  }
  const known = join(folder, 'CHANGELOG.md')
  const changelog = readFileSync(known, 'utf8')

  beforeEach(() => {
    writeFileSync(known, `${changelog}\n## ${tag} (2026-12-01)\n\n- more\n`)
    know({ commit, passed: '1' })
  })

  afterAll(() => writeFileSync(known, changelog))

  /** What changed anything there. */
  const changes = (asked: string[]) => asked.filter((call) => /release (create|edit|upload)/.test(call))

  test('begins as a draft, of a commit that CI has passed on main', () => {
    const { code, output, asked } = release(`begin ${tag}`)

    expect(code, output).toBe(0)
    expect(changes(asked)).toEqual([expect.stringContaining(`gh release create ${tag} --draft --verify-tag`)])
    expect(asked).toContainEqual(
      expect.stringMatching(
        RegExp(`run list --workflow ci.yml --branch main .*--commit ${commit} --status success`),
      ),
    )
  })

  test('that was begun before has the words of the changelog anew', () => {
    know({ draft: 'true' })

    const { code, output, asked } = release(`begin ${tag}`)

    expect(code, output).toBe(0)
    expect(changes(asked)).toEqual([expect.stringContaining(`gh release edit ${tag} --notes-file`)])
    expect(readFileSync(join(folder, '.finity/notes.md'), 'utf8')).toBe('- more\n')
  })

  test('is published with its files, and only then', () => {
    know({ draft: 'true' })

    const { code, output, asked } = release(`publish ${tag} images.txt a.cdx.json`)

    expect(code, output).toBe(0)
    expect(changes(asked)).toEqual([
      `gh release upload ${tag} --clobber images.txt a.cdx.json`,
      `gh release edit ${tag} --draft=false`,
    ])
  })

  test('whose files do not arrive stays a draft', () => {
    know({ draft: 'true' })

    const { code } = release(`publish ${tag} images.txt`, { REFUSED: 'release upload' })

    expect(code).not.toBe(0)
    expect(readFileSync(join(place, 'draft'), 'utf8')).toBe('true\n')
  })

  test.each<[string, string, Record<string, string>, RegExp]>([
    ['CI has not passed', 'begin', { passed: '0' }, /CI has not passed for c+ on main\.\n\s+Remedy: /],
    [
      'the tag names another commit',
      'begin',
      { commit: 'another' },
      /v1\.4\.0 names another, and what is here is c+\./,
    ],
    [
      'the tag names another commit',
      'unmoved',
      { commit: 'another' },
      /Remedy: Let the run of that commit release it/,
    ],
    ['the tag names another commit', 'publish', { commit: 'another', draft: 'true' }, /names another/],
    ['it is published', 'begin', { draft: 'false' }, /is published already\.\n\s+Remedy: .*the next tag/],
    ['it is published', 'unmoved', { draft: 'false' }, /is published already/],
    ['it is published', 'publish', { draft: 'false' }, /There is no draft of v1\.4\.0/],
    [
      'nothing was begun',
      'publish',
      {},
      /There is no draft of v1\.4\.0 to publish\.\n\s+Remedy: Begin with it/,
    ],
  ])('is not changed when %s ("%s")', (_, step, some, sentence) => {
    know(some)

    const { code, output, asked } = release(`${step} ${tag}`)

    expect(code).toBe(1)
    expect(output).toMatch(sentence)
    expect(changes(asked)).toEqual([])
  })

  test.each([
    ['which commit its tag names', 'api', /Which commit v1\.4\.0 names cannot be told/],
    ['whether CI has passed', 'run list', /Whether CI has passed for c+ cannot be told/],
  ])('does not begin when GitHub does not say %s', (_, refused, sentence) => {
    const { code, output, asked } = release(`begin ${tag}`, { REFUSED: refused })

    expect(code).toBe(1)
    expect(output).toMatch(sentence)
    expect(changes(asked)).toEqual([])
  })

  test('gives the list of its images', () => {
    know({ 'images.txt': image })

    const { code, output } = release(`fetch ${tag}`)

    expect(code, output).toBe(0)
    expect(readFileSync(join(published, 'images.txt'), 'utf8')).toBe(`${image}\n`)
  })

  test('that is not published has no list, and says what to look at', () => {
    const { code, output } = release(`fetch ${tag}`)

    expect(code).toBe(1)
    expect(output).toMatch(/There is no published release v1\.4\.0 .*\n\s+Remedy: .*gh release list/)
  })
})

describe('the question where an image was built', () => {
  const workflow = 'https://github.com/team/finity/.github/workflows/images.yml'
  const ask = (environment: Record<string, string> = {}) =>
    run('images.sh provenance', { TAG: 'v1.4.0', GITHUB_REPOSITORY: 'team/finity', ...environment })

  test("takes this release's tag only, and of what a release keeps, any release's", () => {
    const gate = image.replace('auth', 'gate')
    writeFileSync(join(published, 'images.txt'), `${image}\n${gate}\n`)

    const { code, output, asked } = ask()

    const [identity = ''] = /\^\S+\$/.exec(asked[1] ?? '') ?? []
    expect(code, output).toBe(0)
    expect(asked[0]).toBe(
      `gh attestation verify oci://${image} --repo team/finity --cert-identity ${workflow}@refs/tags/v1.4.0 --source-ref refs/tags/v1.4.0 --deny-self-hosted-runners`,
    )
    expect(asked[1]).toContain(`oci://${gate} --repo team/finity --cert-identity-regex ^https`)
    expect(
      ['refs/tags/v1.3.0', 'refs/heads/main', 'refs/tags/v1.3.0-rc'].map((ref) =>
        RegExp(identity).test(`${workflow}@${ref}`),
      ),
    ).toEqual([true, false, false])
  })

  test('ends at the first that GitHub does not vouch for, and says what to do', () => {
    writeFileSync(join(published, 'images.txt'), `${image}\n${another}\n`)

    const { code, output, asked } = ask({ REFUSED: 'attestation verify' })

    expect(code).toBe(1)
    expect(asked).toHaveLength(1)
    expect(output).toMatch(
      /GitHub does not vouch for \S+finity-auth@\S+ as an image of v1\.4\.0\.\n\s+Remedy: /,
    )
  })
})
