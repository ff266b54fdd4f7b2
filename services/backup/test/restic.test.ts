import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMediaRepository } from '../src/media/restic.ts'

/** A copy that has these files, and a restic that warns while it lists them. */
function aCopyOf(media: string, names: string[]) {
  const commands: string[][] = []
  const run = async (words: string[], onLine?: (line: string) => void) => {
    commands.push(words)
    if (words[0] === 'ls') {
      onLine?.('Load(<index/1234>) returned error, retrying after 1s: timeout')
      for (const name of names) onLine?.(JSON.stringify({ type: 'file', path: join(media, name) }))
    }
    const target = words.find((word) => word.startsWith('--target='))?.slice('--target='.length)
    if (target) mkdirSync(target, { recursive: true })
    if (target) for (const name of names) writeFileSync(join(target, name), 'of the copy')
    return ''
  }
  const place = { run, exists: async () => true, words: [], environment: {} }
  return { repository: createMediaRepository({ folders: { media } as never }, place), commands }
}

test.each([
  2, 1_500,
])('%i files that are missing come back, and one that is there stays as it is', async (count) => {
  const media = mkdtempSync(join(tmpdir(), 'media-'))
  const missing = Array.from({ length: count }, (_, index) => `missing-${index}`)
  writeFileSync(join(media, 'there'), 'newer')
  const { repository, commands } = aCopyOf(media, ['there', ...missing])

  await repository.restore('1234')

  const read = (name: string) => readFileSync(join(media, name), 'utf8')
  expect([read('there'), ...missing.map(read)]).toEqual(['newer', ...missing.map(() => 'of the copy')])
  expect(existsSync(join(media, '.restoring'))).toBe(false)
  // Of each pattern restic looks at each file.
  expect(commands.flat().some((word) => word.startsWith('--include-file'))).toBe(count < 1_000)
})

test('so many copies are listed that their list is longer than what is kept of what a program says', async () => {
  const copy = { short_id: '1234', time: '2026-11-28T03:00:00Z' }
  const run = async (_: string[], onLine?: (line: string) => void) => {
    onLine?.(JSON.stringify(Array.from({ length: 20_000 }, () => copy)))
    return '"}]'
  }
  const place = { run, exists: async () => true, words: [], environment: {} }

  const listed = await createMediaRepository({ folders: {} as never }, place).list()

  expect(listed).toHaveLength(20_000)
})
