import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { built, imageNames } from './support/built-images.ts'
import { differencesOf } from './support/compare-images.ts'
import { docker, readFile } from './support/stack.ts'

/** Those of the images that are released. */
const dockerfiles = [
  ...['service', 'web', 'gate', 'cosign', 'backup'].map((name) => `docker/${name}.Dockerfile`),
  ...['postgres', 'redis'].map((name) => `docker/${name}/Dockerfile`),
]
/** What npm downloads, which the lockfile has the hashes of, and what development runs. */
const notRebuilt = ['deps', 'dev']
const stagesOf = (dockerfile: string) =>
  dockerfile
    .split(/^(?=FROM )/m)
    .map((text) => ({ name: /^FROM \S+ AS (\S+)/.exec(text)?.[1] ?? 'unnamed', text }))

test.each(
  imageNames,
)('finity-%s is the same, byte for byte, when it is built anew in another clone', (name) => {
  const [first, second] = [built(name, 'first'), built(name, 'second')]

  const differences = differencesOf(first, second)

  console.info(`finity-${name}: ${docker('image', 'inspect', '--format', '{{.Id}}', second).trim()}`)
  expect(differences.slice(0, 20)).toEqual([])
})

test('the second build makes every stage anew in which something runs, but what npm downloads, and no stage that is not there', () => {
  const [, list = ''] = /REBUILD=(\S+) docker buildx bake release/.exec(readFile('scripts/test.sh')) ?? []

  const stages = dockerfiles.flatMap((file) => stagesOf(readFile(file)))

  const running = stages.filter(({ text }) => /^RUN /m.test(text)).map(({ name }) => name)
  const rebuilt = list.split(',')
  expect([...new Set(running)].filter((name) => !rebuilt.includes(name))).toEqual(notRebuilt)
  expect(rebuilt.filter((name) => stages.every((stage) => stage.name !== name))).toEqual([])
})

test('a file that makes two images different is named, and its layer', () => {
  const [first, second] = ['one', 'two'].map((word) => {
    const image = `${built('gate')}-${word}`
    const lines = [`FROM ${built('gate')}`, 'COPY <<TEXT /file', word, 'TEXT']
    execFileSync('docker', ['build', '--quiet', '--tag', image, '-'], { input: lines.join('\n') })
    return image
  })

  const differences = differencesOf(first ?? '', second ?? '')

  expect(differences).toHaveLength(1)
  expect(differences[0]).toMatch(/^layer 2, file: .* ≠ /)
})
