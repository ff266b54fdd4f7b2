import { expect, test } from 'vitest'
import { ServiceUnavailable } from '../src/http/http-errors.ts'
import { limitWork } from '../src/process/limit-work.ts'

function aTask() {
  const { promise, resolve } = Promise.withResolvers<string>()
  return { run: () => promise, finish: () => resolve('done') }
}

test('runs as many tasks at once as it may, and the next when one ends', async () => {
  const limit = limitWork({ concurrency: 1, queueLimit: 1 })
  const [first, second] = [aTask(), aTask()]
  let hasSecondBegun = false

  const running = limit(first.run)
  const waiting = limit(() => {
    hasSecondBegun = true
    return second.run()
  })
  const early = { hasSecondBegun, waiting: limit.waiting() }
  first.finish()
  second.finish()

  expect(early).toEqual({ hasSecondBegun: false, waiting: 1 })
  expect([await running, await waiting, limit.waiting()]).toEqual(['done', 'done', 0])
})

test('refuses work that would wait too long, and says when to come back', async () => {
  const limit = limitWork({ concurrency: 1, queueLimit: 0 })
  const task = aTask()
  const running = limit(task.run)

  const refused = await limit(task.run).catch((error: unknown) => error)

  task.finish()
  await running
  expect(refused).toBeInstanceOf(ServiceUnavailable)
  expect(refused).toMatchObject({ code: 'OVERLOADED', headers: { 'Retry-After': '1' } })
})

test('takes new work after a task that failed', async () => {
  const limit = limitWork({ concurrency: 1, queueLimit: 0 })
  await limit(() => Promise.reject(new Error('failed'))).catch(() => {})

  const result = await limit(async () => 'done')

  expect(result).toBe('done')
})
