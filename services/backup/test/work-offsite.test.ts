import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Context } from '../src/context.ts'
import { workOffsite } from '../src/offsite/work-offsite.ts'

test('what a work has locked on S3 that came to no end is taken away by the next, and no other', async () => {
  const config = {
    folders: { repository: mkdtempSync(join(tmpdir(), 'work-offsite-')) },
  } as Context['config']
  const done: string[] = []
  const unlock = async () => {
    done.push('unlock')
  }
  const work = (name: string) =>
    workOffsite({ config }, { unlock }, async () => {
      done.push(name)
      if (name === 'fails') throw new Error('S3 went away')
    })

  await work('first')
  await work('second')
  await expect(work('fails')).rejects.toThrow('S3 went away')
  await work('third')

  expect(done).toEqual(['unlock', 'first', 'second', 'fails', 'unlock', 'third'])
})
