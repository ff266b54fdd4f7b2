import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { doJobs, statesOf } from '../support/jobs.ts'
import { startApi } from '../support/start-api.ts'

const [patient, impatient] = [await startApi(), await startApi()]

test('lets a job end that is at work when the service stops', async () => {
  const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const runner = doJobs(patient, {
    'make-variants': async () => {
      begun.resolve()
      await end.promise
    },
  })
  await patient.sendJob('make-variants', { mediaId: randomUUID() })
  await begun.promise

  const stopped = runner.stop()
  end.resolve()
  await stopped

  expect(await statesOf(patient, 'make-variants')).toEqual(['completed'])
})

test('gives back a job that does not end in time, and tells it', async () => {
  const told = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const runner = doJobs(impatient, {
    'make-variants': async (_data, signal) => {
      signal.addEventListener('abort', () => told.resolve())
      begun.resolve()
      await new Promise(() => {})
    },
  })
  await impatient.sendJob('make-variants', { mediaId: randomUUID() })
  await begun.promise

  await runner.stop()

  await told.promise
  expect(await statesOf(impatient, 'make-variants')).toEqual(['retry'])
})
