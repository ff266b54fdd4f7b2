import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeKeys, place, push, type Registry, sign, startRegistry } from './support/registry.ts'
import {
  deploy,
  imageOf,
  imagesOfRelease,
  makeImage,
  project,
  released,
  removeJournal,
  rollback,
  run,
  runningIds,
  runningImages,
  services,
  tagImages,
  withSettings,
} from './support/releases.ts'
import { compose, docker, folder, until } from './support/stack.ts'

let registry: Registry

beforeAll(async () => {
  registry = await startRegistry()
  for (const name of ['ours', 'theirs']) makeKeys(name)
  appendFileSync(
    join(folder, '.env'),
    `IMAGE_SIGNATURE_KEY=${join(place, 'ours.pub')}\nCOSIGN_IMAGE=finity-cosign:1\nSTAND_IN_IMAGES=allowed\n`,
  )
  tagImages('v1')
  for (const name of imagesOfRelease)
    sign(push(imageOf(name, 'v1')), 'ours', name === 'auth' ? 'of cosign 2' : 'bundle')
  sign(push(imageOf('gate', '1')))
  const first = await deploy('v1')
  if (first.code !== 0) throw new Error(first.output)
  console.info(/Signatures \(.*\)/.exec(first.output)?.[0])
}, 300_000)

afterAll(removeJournal)

/** The first release under another tag, except its api, which is made anew and pushed; tells the digest of that. */
function publish(tag: string): string {
  for (const name of imagesOfRelease.filter((some) => some !== 'api')) {
    docker('tag', imageOf(name, 'v1'), imageOf(name, tag))
    push(imageOf(name, tag))
  }
  makeImage('api', tag)
  return push(imageOf('api', tag))
}

/** Another image under the tag of one that was signed, in the registry only. */
function moveTag(tag: string): string {
  const image = imageOf('api', tag)
  docker('tag', image, `${image}-signed`)
  makeImage('api', tag, ['LABEL moved=yes'])
  const digest = push(image)
  docker('tag', `${image}-signed`, image)
  return digest
}

/** What was said of one digest is said of another too, by who can write to the registry. */
async function copySignature(from: string, to: string): Promise<void> {
  const manifest = (digest: string) =>
    `/v2/${digest.replace(/^[^/]*\//, '').replace('@sha256:', '/manifests/sha256-')}`
  const type = 'application/vnd.oci.image.index.v1+json'
  const { body } = await registry.request('GET', manifest(from), { accept: type })
  const { status } = await registry.request('PUT', manifest(to), { 'content-type': type }, body)
  expect(status).toBe(201)
}

const imageIds = () =>
  services.map((service) =>
    docker('inspect', '--format', '{{.Image}}', compose('prod', 'ps', '--quiet', service).trim()).trim(),
  )
const idOf = (image: string) => docker('image', 'inspect', '--format', '{{.Id}}', image).trim()

describe('a deploy of what must be signed', () => {
  test('runs exactly the images that were signed', async () => {
    const digest = publish('signed')
    sign(digest)

    const { code, output } = await deploy('signed')

    expect(code, output).toBe(0)
    expect(imageIds()).toEqual([idOf(imageOf('auth', 'v1')), idOf(digest), idOf(imageOf('web', 'v1'))])
  })

  test('runs what came by digest from a list of a release, as a workflow brings it', async () => {
    sign(publish('listed'))
    const images = [...imagesOfRelease.map((name) => imageOf(name, 'listed')), imageOf('gate', '1')]
    const digests = images.map(push)
    mkdirSync(join(folder, '.finity/images'), { recursive: true })
    writeFileSync(join(folder, '.finity/images/images.txt'), digests.map((digest) => `${digest}\n`).join(''))
    docker('image', 'rm', ...imagesOfRelease.map((name) => imageOf(name, 'listed')))

    const pulled = await run('sh', ['scripts/images.sh', 'pull'], 'listed')
    const { code, output } = await deploy('listed')

    expect([pulled.code, code], pulled.output + output).toEqual([0, 0])
    expect(imageIds()).toEqual(digests.slice(0, 3).map(idOf))
  })

  test.each<[string, string, (tag: string) => unknown]>([
    ['nobody signed', 'is not signed as .env asks: no signatures found', (tag) => publish(tag)],
    ['another key signed', 'is not signed as .env asks: no matching', (tag) => sign(publish(tag), 'theirs')],
    [
      'has the signature of another',
      'is not signed as .env asks: no matching',
      async (tag) => {
        const signed = publish(tag)
        sign(signed)
        await copySignature(signed, moveTag(tag))
        docker('pull', '--quiet', imageOf('api', tag))
      },
    ],
    [
      'came under the tag after it was signed',
      'is not signed as .env asks: no signatures found',
      (tag) => {
        sign(publish(tag))
        moveTag(tag)
      },
    ],
    [
      'was built here and is not the signed one',
      'here is not the signed one that the registry has',
      (tag) => {
        sign(publish(tag))
        makeImage('api', tag, ['LABEL local=yes'])
      },
    ],
  ])('changes nothing when an image %s, and says so', async (what, sentence, prepare) => {
    const before = runningIds()
    const tag = what.replaceAll(' ', '-')
    await prepare(tag)

    const { code, output } = await deploy(tag)

    expect([code, runningIds()]).toEqual([1, before])
    expect(output).toContain(imageOf('api', tag))
    expect(output.replaceAll('\n', ' ')).toContain(sentence)
  })

  test('changes nothing when an image was built on a base that stands in for the official one, and says so', async () => {
    const before = runningIds()
    publish('stand-in')
    makeImage('api', 'stand-in', ['LABEL finity.stand-in=yes'])
    sign(push(imageOf('api', 'stand-in')))

    const { code, output } = await withSettings('STAND_IN_IMAGES=refused', () => deploy('stand-in'))

    expect([code, runningIds()]).toEqual([1, before])
    expect(output).toMatch(/finity-\w+:stand-in is built on a base that stands in for the official one/)
  })

  test('changes nothing when the registry does not know who asks, and says so', async () => {
    const before = runningIds()
    const signedIn = process.env.DOCKER_CONFIG

    process.env.DOCKER_CONFIG = join(place, 'nobody')
    const { code, output } = await deploy('v1')
    process.env.DOCKER_CONFIG = signedIn

    expect([code, runningIds()]).toEqual([1, before])
    expect(output).toMatch(/could not be verified: .*UNAUTHORIZED/)
  })

  test('asks the helper that keeps the sign-in', async () => {
    const { DOCKER_CONFIG, PATH } = process.env
    const helper = join(place, 'helper')
    mkdirSync(helper)
    writeFileSync(join(helper, 'config.json'), '{ "credsStore": "finity" }')
    writeFileSync(
      join(helper, 'docker-credential-finity'),
      '#!/bin/sh\nread -r server\nprintf \'{"ServerURL":"%s","Username":"team","Secret":"of-a-test"}\\n\' "$server"\n',
    )
    chmodSync(join(helper, 'docker-credential-finity'), 0o755)

    Object.assign(process.env, { DOCKER_CONFIG: helper, PATH: `${helper}:${PATH}` })
    const { output } = await withSettings('LOG_LEVEL=loud', () => deploy('v1'))
    Object.assign(process.env, { DOCKER_CONFIG, PATH })

    // It gets as far as what is wrong after them.
    expect(output).toMatch(/✓ Signatures[\s\S]*auth refuses its settings/)
  })

  test('of an image whose tag moves here meanwhile goes back to the release before', async () => {
    const before = imageIds()
    sign(publish('moving'))

    const deploying = deploy('moving')
    await until(async () => docker('ps', '--quiet', '--filter', `name=${project}-deploy`) !== '', 60_000)
    docker('tag', imageOf('web', 'v1'), imageOf('api', 'moving'))
    const { code, output } = await deploying

    expect([code, imageIds()]).toEqual([1, before])
    expect(output).toContain('was moved on this engine')
  })
})

const key = 'IMAGE_SIGNATURE_KEY='
const identity = "IMAGE_SIGNATURE_IDENTITY='^https://github\\.com/team/.+$'"
const issuer = 'IMAGE_SIGNATURE_ISSUER=https://token.actions.githubusercontent.com'

test.each([
  ['both a key and an identity', `${identity}\n${issuer}`, 'IMAGE_SIGNATURE_KEY is set, and'],
  ['an identity of nobody', `${key}\n${identity}`, 'IMAGE_SIGNATURE_ISSUER is ""'],
  ['nobody of an issuer', `${key}\n${issuer}`, 'IMAGE_SIGNATURE_IDENTITY is ""'],
  [
    'part of an identity',
    `${key}\nIMAGE_SIGNATURE_IDENTITY=github\n${issuer}`,
    'IMAGE_SIGNATURE_IDENTITY is "github"',
  ],
  ['a key that is secret', `${key}${join(place, 'ours.key')}`, 'there is no public key there'],
  ['no registry', 'REGISTRY=', 'REGISTRY names no registry'],
])('settings that ask for %s are refused before anything else', async (_, lines, sentence) => {
  const { code, output } = await withSettings(lines, () => deploy('v1'))

  expect(code).toBe(1)
  expect(output).toContain(sentence)
  expect(output).not.toContain('Images')
})

test('doctor finds settings of signatures that make no sense', async () => {
  const { code, output } = await withSettings(identity, () => run('sh', ['scripts/doctor.sh']))

  expect(code).toBe(1)
  expect(output).toMatch(/✗ signatures +IMAGE_SIGNATURE_KEY is set, and/)
})

test('what a key signed is refused where an identity is asked for', async () => {
  const before = runningIds()

  const { code, output } = await withSettings(`${key}\n${identity}\n${issuer}`, () => deploy('v1'))

  expect([code, runningIds()]).toEqual([1, before])
  expect(output).toMatch(/could not be verified|is not signed as/)
})

test('a rollback needs no registry', async () => {
  registry.stop()

  const { code, output } = await rollback()

  expect(code, output).toBe(0)
  expect(runningImages()).toEqual(released('signed'))
}, 300_000)
