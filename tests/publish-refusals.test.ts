import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { published, startPlainRegistry, verb } from './support/publish.ts'
import { place } from './support/registry.ts'
import { folder } from './support/stack.ts'

const registry = await startPlainRegistry(join(place, 'untouched'))

beforeEach(() => rmSync(published, { recursive: true, force: true }))

afterAll(() => registry.stop())

test.each<[string, string, Record<string, string>, RegExp]>([
  ['a fork', 'images.sh check', { FORK: 'true' }, /This is a fork.*\n\s+Remedy: Open a pull request/],
  [
    'a registry without its slash',
    'images.sh check',
    { REGISTRY: 'ghcr.io/team' },
    /begins no image's name\.\n\s+Remedy: /,
  ],
  [
    'a registry in upper case',
    'images.sh check',
    { REGISTRY: 'ghcr.io/Team/' },
    /begins no image's name\.\n\s+Remedy: Write it in lower case/,
  ],
  [
    'nothing to sign with',
    'images.sh check',
    { COSIGN_KEY: '' },
    /Nothing here can sign images\.\n\s+Remedy: .*id-token: write/,
  ],
  [
    'nothing to sign with any more',
    'images.sh sign some@sha256:1',
    { COSIGN_KEY: '' },
    /Nothing here can sign images\.\n\s+Remedy: .*id-token: write/,
  ],
  [
    'a registry that a workflow is not signed in at',
    'images.sh check',
    { GITHUB_ACTIONS: 'true', REGISTRY: 'quay.io/team/' },
    /REGISTRY is "quay\.io\/team\/", and the workflows can sign in at ghcr\.io only\.\n\s+Remedy: /,
  ],
  [
    'a registry that does not answer',
    'images.sh check',
    { REGISTRY: '127.0.0.1:1/team/' },
    /cannot be used: .*refused.*\n\s+Remedy: Mend the way to it/,
  ],
  ['no list', 'images.sh sign', {}, /There is no list of images.*\n\s+Remedy: Merge first/],
  ['a step that there is not', 'images.sh push', {}, /There is no step "push"/],
  [
    'no program that scans',
    'audit.sh images some@sha256:1',
    {},
    /Trivy is not here.*\n\s+Remedy: Install it/,
  ],
  [
    'nothing that looks at workflows',
    'audit.sh workflows',
    {},
    /Neither zizmor nor pipx is here.*\n\s+Remedy: Install pipx/,
  ],
  ['no program of GitHub', 'release.sh begin v1.0.0', {}, /gh is not here.*\n\s+Remedy: Install it/],
  ['a tag of no release', 'release.sh begin main', {}, /"main" is no tag of a release\.\n\s+Remedy: /],
  [
    'a tag of half a release',
    'release.sh begin v1.0.0-rc.1',
    {},
    /"v1\.0\.0-rc\.1" is no tag of a release\./,
  ],
  [
    'a release that the changelog does not know',
    'changelog.sh notes v0.0.0',
    {},
    /knows nothing of v0\.0\.0\.\n\s+Remedy: /,
  ],
  [
    'no server',
    'connect.sh',
    {},
    /DEPLOY_HOST is not set.*\n\s+Remedy: Set it in the environment "production"/,
  ],
  ['no known host', 'connect.sh', { DEPLOY_HOST: 'a@b' }, /DEPLOY_KNOWN_HOSTS is not set/],
  [
    'no key of the server',
    'connect.sh',
    { DEPLOY_HOST: 'a@b', DEPLOY_KNOWN_HOSTS: 'b x' },
    /DEPLOY_SSH_KEY is not set.*\n\s+Remedy: .*as a secret/,
  ],
  [
    'no settings of the server',
    'connect.sh',
    { GITHUB_ACTIONS: 'true', DEPLOY_HOST: 'a@b', DEPLOY_KNOWN_HOSTS: 'b x', DEPLOY_SSH_KEY: 'x' },
    /PRODUCTION_ENV is not set.*\n\s+Remedy: .*as a secret/,
  ],
  [
    'a verifier by its tag',
    'connect.sh',
    {
      DEPLOY_HOST: 'a@b',
      DEPLOY_KNOWN_HOSTS: 'b x',
      DEPLOY_SSH_KEY: 'x',
      COSIGN_IMAGE: 'finity-cosign:1',
    },
    /COSIGN_IMAGE is not an image by its digest\./,
  ],
])('with %s, a workflow ends before it changes anything, and says what to do', async (_, words, environment, sentence) => {
  const { code, output } = verb(words, { REGISTRY: `${registry.address}/team/`, ...environment })

  const catalog = await (await fetch(`http://${registry.address}/v2/_catalog`)).json()
  expect(code).toBe(1)
  expect(output).toMatch(sentence)
  expect([catalog, existsSync(join(published, 'images.txt'))]).toEqual([{ repositories: [] }, false])
})

test.each([
  ['feat(auth): a link works once', 0],
  ['fix!: no more', 0],
  ['Merge branch main', 0],
  ['Fixed stuff', 1],
  ['feat(auth) a link works once', 1],
  ['feat: ', 1],
])('the hook of the messages answers "%s" with %i', (message, expected) => {
  writeFileSync(join(folder, '.finity/message'), `${message}\n`)

  expect(verb('check-message.sh .finity/message').code).toBe(expected)
})
