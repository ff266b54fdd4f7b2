import { describe, expect, test } from 'vitest'
import { endsBefore, parseHistory, readFollowed } from '../src/database/timelines.ts'

const restored = (until: string) =>
  parseHistory('00000003.history', `2\t${until}\tno recovery target specified\n`)

test.each([
  ['in the newest segment', '0/9000500', false],
  ['in one before it', '0/8000500', true],
  ['where the newest begins, which was not to be had', '0/9000000', true],
])('a log that was replayed to a place %s is whole or not', (_, until, isShort) => {
  expect(endsBefore('000000020000000000000009', restored(until))).toBe(isShort)
})

test('what is archived of another timeline says nothing', () => {
  expect(endsBefore('000000010000000000000009', restored('0/8000500'))).toBe(false)
})

/** After a restore at noon, to a place on 1, and the way back at one. */
describe('the timelines that lead to a moment', () => {
  const histories: Record<string, { at: string; text: string }> = {
    '00000002.history': { at: '2026-11-28T12:00:00Z', text: '1\t0/5000000\tbefore 2026-11-28 11:00:00+00\n' },
    '00000003.history': { at: '2026-11-28T13:00:00Z', text: '1\t0/9000000\tno recovery target specified\n' },
  }
  const archiveOf = (names: string[]) => ({
    run: async (verb: string, [path = '']: string[] = []) => {
      const name = path.split('/').at(-1) ?? ''
      if (verb === 'repo-get') return histories[name]?.text ?? ''
      const files = names.map((one) => [
        one,
        { type: 'file', time: Date.parse(histories[one]?.at ?? '') / 1_000 },
      ])
      return JSON.stringify({ '.': { type: 'path' }, ...Object.fromEntries(files) })
    },
  })
  const follow = (names: string[], moment?: string, timeline?: number) =>
    readFollowed(
      archiveOf(names),
      { id: 1, version: '18' },
      { moment: moment ? new Date(moment) : undefined, timeline },
    )
  const all = Object.keys(histories)

  test.each([
    ['of now', undefined, [1, 3], false],
    ['after the way back', '2026-11-28T13:30:00Z', [1, 3], false],
    ['between the restore and the way back', '2026-11-28T12:30:00Z', [1, 2], true],
    ['before the restore, after what was restored to', '2026-11-28T11:30:00Z', [1], true],
  ])('%s', async (_, moment, ids, areLeft) => {
    const followed = await follow(all, moment)

    expect([followed?.timelines.map(({ id }) => id), followed?.areLeft]).toEqual([ids, areLeft])
    expect(followed?.timelines.at(-1)?.until).toBe(Number.POSITIVE_INFINITY)
  })

  test('are those of one that is named', async () => {
    expect([
      (await follow(all, '2026-11-28T13:30:00Z', 2))?.timelines.at(-1)?.id,
      (await follow(all, undefined, 1))?.areLeft,
    ]).toEqual([2, true])
  })

  test('are all that there are in a repository without a history', async () => {
    expect(await follow([])).toBeNull()
  })

  test('in a repository that was begun later, are those before its first history', async () => {
    const followed = await follow(['00000003.history'], '2026-11-28T12:30:00Z')

    expect([followed?.timelines.map(({ id }) => id), followed?.areLeft]).toEqual([[1], true])
  })
})
