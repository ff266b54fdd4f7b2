import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { endProgram } from '../src/programs/run-program.ts'

test('a program that is given up has ended, and put away what it held, when that is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'run-program-'))
  const [begun, ended] = [join(folder, 'begun'), join(folder, 'ended')]
  const script = `trap 'sleep 0.3; touch ${ended}; exit' TERM; touch ${begun}; echo; while :; do sleep 0.05; done`
  const giveUp = new AbortController()

  const work = endProgram('sh', ['-c', script], { signal: giveUp.signal, onLine: () => giveUp.abort() })

  await expect(work).rejects.toThrow('aborted')
  expect([existsSync(begun), existsSync(ended)]).toEqual([true, true])
})

test('a program that is not there is named', async () => {
  await expect(endProgram('no-such-program', [])).rejects.toThrow('no-such-program')
})
