import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { attest } from './support/attest.ts'
import { published, startPlainRegistry, verb } from './support/publish.ts'
import { makeKeys, place } from './support/registry.ts'
import { imageOf, project } from './support/releases.ts'
import { docker, folder } from './support/stack.ts'

const files = join(place, 'registry')
const registry = await startPlainRegistry(files)
const targets = ['auth', 'api', 'web', 'gate', 'postgres', 'redis', 'backup', 'postgres-upgrade', 'cosign']
const indexes =
  'application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json'
const platforms = ['linux-amd64', 'linux-arm64']
const team = project.replace(/-[a-z]+$/, '')

type Published = { image: string; name: string; digest: string; target: string }

const images = (step: string, tag: string) => verb(`images.sh ${step}`, { TAG: tag })
const list = (tag: string): Published[] => JSON.parse(images('list', tag).stdout)
const has = async (name: string, tag: string) =>
  (
    await fetch(`http://${registry.address}/v2/${team}/finity-${name}/manifests/${tag}`, {
      method: 'HEAD',
      headers: { accept: indexes },
    })
  ).headers.get('docker-content-digest')

/** What "build" leaves on two runners: images of these platforms in the registry, with what they attest, and their digests. */
async function build(tag: string): Promise<void> {
  const context = mkdtempSync(join(folder, '.finity/build-'))
  writeFileSync(join(context, 'release'), tag)
  for (const architecture of ['amd64', 'arm64'])
    writeFileSync(
      join(context, architecture),
      `Package: tool\nStatus: install ok installed\nVersion: 1\nArchitecture: ${architecture}\n`,
    )
  writeFileSync(
    join(context, 'Dockerfile'),
    'FROM scratch\nARG TARGETARCH\nCOPY release /\nCOPY $TARGETARCH /var/lib/dpkg/status\n',
  )
  for (const platform of platforms) {
    mkdirSync(join(published, 'digests', platform), { recursive: true })
    const built = docker('build', '--quiet', '--platform', platform.replace('-', '/'), context).trim()
    for (const target of targets) {
      const image = imageOf(target, platform)
      docker('tag', built, image)
      const [pushed = ''] = /sha256:[0-9a-f]{64}/.exec(docker('push', image)) ?? []
      const repository = `http://${registry.address}/v2/${team}/finity-${target}`
      const digest = await attest(repository, pushed, platform.replace('linux-', ''))
      writeFileSync(join(published, 'digests', platform, target), `${digest}\n`)
    }
    docker('image', 'rm', '--force', ...targets.map((target) => imageOf(target, platform)))
  }
  rmSync(context, { recursive: true })
}

/** What the steps of a workflow make of it. */
async function release(tag: string): Promise<void> {
  await build(tag)
  for (const step of ['merge', 'sign', 'tag']) {
    const { code, output } = images(step, tag)
    if (code !== 0) throw new Error(output)
  }
}

/** Gives an image the tag that is raised by hand, as anybody may who can write to the registry. */
const name = (target: string, digest: string | null) =>
  docker(
    'buildx',
    'imagetools',
    'create',
    '--tag',
    imageOf(target, '1'),
    imageOf(target, '1').replace(/:1$/, `@${digest}`),
  )

/** What a deploy asks of the image that verifies. */
function verify(image: string) {
  const key = readFileSync(join(place, 'release.pub'), 'utf8')
  return spawnSync(
    'docker',
    [
      'run',
      '--rm',
      '--interactive',
      '--network',
      'host',
      '--tmpfs',
      '/tmp',
      '--env',
      `IMAGE_SIGNATURE_KEY=${key}`,
      'finity-cosign:1',
      image,
    ],
    { input: '{}\n', encoding: 'utf8' },
  )
}

beforeAll(() => {
  appendFileSync(
    join(folder, '.env'),
    `REGISTRY=${registry.address}/${team}/\nCOSIGN_IMAGE=finity-cosign:1\n`,
  )
  makeKeys('release')
})

beforeEach(() => rmSync(published, { recursive: true, force: true }))

afterAll(() => registry.stop())

describe('a release', () => {
  test('is built, merged and signed before anything of it has a name, and the name is of what was signed', async () => {
    await build('v1.0.0')
    const merged = images('merge', 'v1.0.0')
    const before = await has('auth', 'v1.0.0')

    const signed = images('sign', 'v1.0.0')
    const tagged = images('tag', 'v1.0.0')

    expect([merged.code, signed.code, tagged.code], merged.output + signed.output + tagged.output).toEqual([
      0, 0, 0,
    ])
    expect(before).toBeNull()
    expect(list('v1.0.0').map(({ target }) => target)).toEqual(targets)
    for (const { image, digest, target } of list('v1.0.0')) {
      const named = ['gate', 'cosign'].includes(target) ? '1' : 'v1.0.0'
      expect(await has(target, named), target).toBe(digest)
      expect(verify(image).stdout, target).toContain(digest)
    }
  }, 300_000)

  test('holds an image for each platform', async () => {
    await build('v1.1.0')
    images('merge', 'v1.1.0')

    const { image } = list('v1.1.0')[0] as Published
    const { manifests } = JSON.parse(docker('buildx', 'imagetools', 'inspect', '--raw', image))

    expect(
      manifests.map(({ platform }: { platform: { architecture: string } }) => platform.architecture),
    ).toEqual(['amd64', 'unknown', 'arm64', 'unknown'])
  }, 300_000)

  test('keeps what the build attests of each platform, its SBOM and its provenance', async () => {
    await build('v1.8.0')
    for (const step of ['merge', 'sign', 'tag']) images(step, 'v1.8.0')

    const attested = (kind: 'SBOM' | 'Provenance') =>
      JSON.parse(
        docker(
          'buildx',
          'imagetools',
          'inspect',
          '--format',
          `{{ json .${kind} }}`,
          imageOf('auth', 'v1.8.0'),
        ),
      )
    const [sboms, provenances] = [attested('SBOM'), attested('Provenance')]

    expect(sboms).toEqual({
      'linux/amd64': { SPDX: expect.objectContaining({ name: 'amd64' }) },
      'linux/arm64': { SPDX: expect.objectContaining({ name: 'arm64' }) },
    })
    expect(Object.keys(provenances)).toEqual(['linux/amd64', 'linux/arm64'])
  }, 300_000)

  test('tells what its images hold, for each platform', async () => {
    await build('v1.6.0')
    images('merge', 'v1.6.0')
    const [{ image }] = list('v1.6.0') as [Published]
    writeFileSync(join(published, 'images.txt'), `${image}\n`)

    const { code, output } = images('sbom', 'v1.6.0')

    expect(code, output).toBe(0)
    for (const platform of platforms) {
      const sbom = JSON.parse(readFileSync(join(published, `sbom/finity-auth-${platform}.cdx.json`), 'utf8'))
      expect(sbom.components.map(({ purl }: { purl: string }) => purl)).toEqual([
        `pkg:deb/debian/tool@1?arch=${platform.replace('linux-', '')}&upstream=tool`,
      ])
    }
  }, 300_000)

  test('keeps an image whose tag is raised by hand, which a release before has signed, and signs it no second time', async () => {
    await release('v1.2.0')
    const gate = await has('gate', '1')
    await build('v1.2.1')

    const merged = images('merge', 'v1.2.1')
    const tagged = verb('images.sh tag', { TAG: 'v1.2.1', VOUCHED: images('list', 'v1.2.1').stdout })

    expect([merged.code, tagged.code], merged.output + tagged.output).toEqual([0, 0])
    expect(readFileSync(join(published, 'images.txt'), 'utf8')).toContain(`finity-gate@${gate}\n`)
    expect(list('v1.2.1').map(({ target }) => target)).toEqual(
      targets.filter((target) => !['gate', 'cosign'].includes(target)),
    )
    expect(await has('gate', '1')).toBe(gate)
  }, 300_000)

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'nobody signed',
      {},
      /finity-gate@\S+ would be kept, and is not known to be signed .*no signatures found.*\n\s+Remedy: /,
    ],
    [
      'nothing is asked of',
      { IMAGE_SIGNATURE_KEY: '' },
      /nothing says whose signature it must have\.\n\s+Remedy: /,
    ],
  ])(
    'refuses to keep an image that %s, and vouches for nothing',
    async (_, environment, sentence) => {
      await release('v1.7.0')
      const gate = await has('gate', '1')
      await build('v1.7.1')
      name('gate', readFileSync(join(published, 'digests/linux-amd64/gate'), 'utf8').trim())
      rmSync(join(published, 'images.txt'))

      const merged = verb('images.sh merge', { TAG: 'v1.7.1', ...environment })
      const listed = images('list', 'v1.7.1')
      name('gate', gate)

      expect([merged.code, listed.code]).toEqual([1, 1])
      expect(merged.output).toMatch(sentence)
    },
    300_000,
  )

  test('does not take such an image for missing when the registry cannot say', async () => {
    const link = join(
      files,
      'docker/registry/v2/repositories',
      team,
      'finity-gate/_manifests/tags/1/current/link',
    )
    await release('v1.2.2')
    rmSync(join(published, 'images.txt'))
    const content = readFileSync(link)
    writeFileSync(link, 'broken')

    const merged = images('merge', 'v1.2.2')
    const listed = images('list', 'v1.2.2')
    writeFileSync(link, content)

    expect([merged.code, listed.code]).toEqual([1, 1])
    expect(merged.output).toMatch(
      /finity-gate:1 is there cannot be told: .*500.*\n\s+Remedy: Mend the way to it/,
    )
  }, 300_000)

  test('that lacks a platform has no list, says which it lacks, and is complete when that comes', async () => {
    await build('v1.3.0')
    const digest = join(published, 'digests/linux-arm64/web')
    const content = readFileSync(digest)
    rmSync(digest)

    const incomplete = images('merge', 'v1.3.0')
    const listed = images('list', 'v1.3.0')
    writeFileSync(digest, content)
    const complete = images('merge', 'v1.3.0')

    expect([incomplete.code, listed.code, complete.code]).toEqual([1, 1, 0])
    expect(incomplete.output).toMatch(/There is no web for linux-arm64\.\n\s+Remedy: /)
  }, 300_000)

  test('whose names were given half is completed by the same step, and has the same digests', async () => {
    await build('v1.4.0')
    images('merge', 'v1.4.0')
    const all = readFileSync(join(published, 'images.txt'), 'utf8')
    writeFileSync(
      join(published, 'images.txt'),
      all.replace(/(.*finity-web@sha256:).*/, `$1${'0'.repeat(64)}`),
    )
    const half = images('tag', 'v1.4.0')
    const [auth, web] = [await has('auth', 'v1.4.0'), await has('web', 'v1.4.0')]

    images('merge', 'v1.4.0')
    const again = images('tag', 'v1.4.0')

    expect([half.code, again.code], again.output).toEqual([1, 0])
    expect([await has('auth', 'v1.4.0'), web]).toEqual([auth, null])
    expect(await has('web', 'v1.4.0')).toMatch(/^sha256:/)
    expect(readFileSync(join(published, 'images.txt'), 'utf8')).toBe(all)
  }, 300_000)

  test('names nothing that is in the list of its images, and was not signed with them', async () => {
    await build('v1.9.0')
    images('merge', 'v1.9.0')
    const vouched = images('list', 'v1.9.0').stdout
    const file = join(published, 'images.txt')
    const other = readFileSync(join(published, 'digests/linux-amd64/auth'), 'utf8').trim()
    writeFileSync(file, readFileSync(file, 'utf8').replace(/finity-auth@.*/, `finity-auth@${other}`))

    const { code, output } = verb('images.sh tag', { TAG: 'v1.9.0', VOUCHED: vouched })

    expect(code).toBe(1)
    expect(output).toMatch(/finity-auth@\S+ is in the list of images, and was not signed in this run/)
    expect(await has('auth', 'v1.9.0')).toBeNull()
  }, 300_000)

  test('comes to the engine by digest, whatever its tag names by then', async () => {
    await build('v1.5.0')
    images('merge', 'v1.5.0')
    const { digest } = list('v1.5.0').find(({ target }) => target === 'web') as Published

    const { code, output } = images('pull', 'v1.5.0')

    const digests = docker('image', 'inspect', '--format', '{{.RepoDigests}}', imageOf('web', 'v1.5.0'))
    expect(code, output).toBe(0)
    expect(digests).toContain(digest)
  }, 300_000)
})
