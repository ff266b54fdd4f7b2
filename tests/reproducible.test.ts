import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { built, imageNames } from './support/built-images.ts'
import { differencesOf } from './support/compare-images.ts'
import { docker } from './support/stack.ts'

test.each(
  imageNames,
)('finity-%s is the same, byte for byte, when it is built anew in another clone', (name) => {
  const [first, second] = [built(name, 'first'), built(name, 'second')]

  const differences = differencesOf(first, second)

  console.info(`finity-${name}: ${docker('image', 'inspect', '--format', '{{.Id}}', second).trim()}`)
  expect(differences.slice(0, 20)).toEqual([])
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
