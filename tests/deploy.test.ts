import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  beside,
  deploy,
  imageOf,
  makeRelease,
  released,
  releaseFirst,
  removeJournal,
  runningImage,
  runningImages,
  startWarmLoad,
} from './support/releases.ts'

beforeAll(releaseFirst, 300_000)
afterAll(removeJournal)

test('a deploy of every service drops no request and loses no write', async () => {
  const deploys = Number(process.env.DEPLOYS ?? 1)
  for (let number = 1; number <= deploys; number += 1) makeRelease(`load-${number}`)
  const load = await startWarmLoad()
  const rows = []

  for (let number = 1; number <= deploys; number += 1) {
    const { steady, during, run: result } = await beside(load, () => deploy(`load-${number}`))
    rows.push({
      deploy: number,
      code: result.code,
      seconds: result.seconds,
      requests: during.sent - steady.sent,
      failed: steady.failed.length + during.failed.length,
      'api p99 before': steady.p99Ms.api,
      'api p99 during': during.p99Ms.api,
      'auth p99 before': steady.p99Ms.auth,
      'auth p99 during': during.p99Ms.auth,
    })
    console.table(rows.slice(-1))
    if (result.code !== 0) console.info(result.output)
    for (const failure of [...steady.failed, ...during.failed]) console.info(failure)
  }
  const { lost, failed } = await load.stop()

  console.table(rows)
  console.info(`Acknowledged documents that are gone: ${lost}`)
  expect(rows.filter(({ code, failed }) => code !== 0 || failed > 0)).toEqual([])
  expect([lost, failed]).toEqual([0, []])
  expect(runningImages()).toEqual(released(`load-${deploys}`))
  expect(runningImage('backup')).toBe(imageOf('backup', `load-${deploys}`))
}, 7_200_000)
