import { startProcess } from '@finity/kit/testing/start-process.ts'
import { expect, test } from 'vitest'
import { createLogger } from '../src/process/create-logger.ts'

function linesOf(log: (logger: ReturnType<typeof createLogger>) => void): unknown[] {
  const lines: string[] = []
  log(createLogger('test', 'info', { write: (line) => void lines.push(line) }))
  return lines.map((line) => JSON.parse(line))
}

test('hides what must not be logged, wherever it stands', () => {
  const error = Object.assign(new Error('refused'), { token: 'secret-1', code: 'E1' })

  const lines = linesOf((logger) => {
    logger.info({ password: 'secret-2', user: { cookie: 'secret-3', name: 'ada' }, err: error }, 'said')
    logger.child({ authorization: 'secret-4' }).info('said')
  })

  expect(JSON.stringify(lines)).not.toContain('secret-')
  expect(lines[0]).toMatchObject({
    password: '[redacted]',
    user: { cookie: '[redacted]', name: 'ada' },
    err: { token: '[redacted]', code: 'E1', message: 'refused', stack: expect.any(String) },
  })
})

test('says everything else as it is', () => {
  const fields = { count: 1, list: [{ id: 1 }], nested: { deep: { id: 2 } }, none: null }

  const [line] = linesOf((logger) => logger.info(fields, 'said'))

  expect(line).toMatchObject({ ...fields, level: 'info', service: 'test', msg: 'said' })
})

test.each(['exit', 'crash', 'kill'])('writes what was logged before a process ends by %s', async (way) => {
  const program = new URL('support/log-and-exit.ts', import.meta.url).pathname

  const ended = startProcess(program, {}, [way])
  await ended.exitCode

  const said = ended
    .output()
    .split('\n')
    .filter((line) => line.includes('"msg":"said"'))
  expect(said).toHaveLength(100)
})
