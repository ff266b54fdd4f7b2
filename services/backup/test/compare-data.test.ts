import { expect, test } from 'vitest'
import { type Contents, compareContents } from '../src/drill/compare-data.ts'

const whole = { migrations: ['init'], filled: ['documents'], rows: { documents: 50_000 } }
const contents = (part: Partial<typeof whole> = {}): Contents => ({
  finity_auth: whole,
  finity_db: { ...whole, ...part },
})
const failures = (restored: Contents, after = contents()) =>
  compareContents(contents(), restored, after).filter(({ ok }) => !ok)

test('what was restored whole is well', () => {
  expect(failures(contents())).toEqual([])
})

test.each([
  ['a migration', { migrations: [] }, 'lost: init'],
  ['all rows of a table', { filled: [] }, 'lost: documents'],
  ['most rows of a table', { rows: { documents: 1 } }, 'documents, which has 1 of about 50000 rows'],
])('%s that only the restored lacks is lost', (_, part, detail) => {
  expect(failures(contents(part))).toEqual([
    expect.objectContaining({ detail: expect.stringContaining(detail) }),
  ])
})

test('what people have deleted meanwhile is not lost, nor what they have just written', () => {
  const deleted = { filled: [], rows: { documents: 0 } }

  expect(failures(contents(deleted), contents(deleted))).toEqual([])
  expect(failures(contents({ rows: { documents: 49_500 } }))).toEqual([])
})

test('a server that has forgotten its statistics tells nothing of rows', () => {
  const unknown = contents({ rows: { documents: 0 } })

  expect(compareContents(unknown, contents({ rows: { documents: 1 } }), unknown).every(({ ok }) => ok)).toBe(
    true,
  )
})
