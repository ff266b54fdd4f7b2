import { randomUUID } from 'node:crypto'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { backup, idOf, parseLast, readStatus } from './support/backup.ts'
import { killSidecarDuring } from './support/interrupt.ts'
import { isPictureThere, titlesOf, uploadPicture, writeDocument } from './support/kept-data.ts'
import { project } from './support/releases.ts'
import { type Account, aSignedInAccount } from './support/requests.ts'
import { inS3Server, pauseS3Server, resumeS3Server, s3Secret, startS3Server } from './support/s3-server.ts'
import { compose, docker, folder, until } from './support/stack.ts'

const marker = `marker-${randomUUID()}`
const secretFile = join(folder, 'secrets/backup_s3_secret_access_key')
let account: Account
let picture = ''

const isOld = () => readStatus().alerts.some(({ code }) => code === 'OFFSITE_OLD')
const copiedAt = () => Date.parse(readStatus().offsite?.at ?? '')

beforeAll(async () => {
  account = await aSignedInAccount()
  await writeDocument(account, marker)
  picture = await uploadPicture(account)
  const settings = [...startS3Server(), 'BACKUP_S3_SECONDS=5', 'BACKUP_ALERT_OFFSITE_SECONDS=60']
  appendFileSync(join(folder, '.env'), `\n${settings.join('\n')}\n`)
  writeFileSync(secretFile, s3Secret)
  compose('prod', 'up', '--detach', '--wait', 'backup')
  expect((await backup('now')).code).toBe(0)
}, 240_000)

test('the repository, the log and the media come to S3 by themselves, and nothing there can be read without the key', async () => {
  const written = Date.now()

  const took = await until(async () => copiedAt() > written, 60_000)
  const found = inS3Server(
    `find /tmp/swift/devices -name '*.data' | wc -l; grep -rqF ${marker} /tmp/swift/devices; echo "ended with $?"`,
  )

  console.info(`a copy took ${took} ms`, found)
  expect(Number.parseInt(found, 10)).toBeGreaterThan(5)
  expect(found).toContain('ended with 1')
})

test('a wrong secret is said in words, and changes nothing', async () => {
  writeFileSync(secretFile, 'another-secret')

  const { code, output } = await backup('copy')
  writeFileSync(secretFile, s3Secret)

  expect(code).toBe(1)
  expect(output).toMatch(/access denied|signature/i)
  expect((await backup('copy')).code).toBe(0)
}, 120_000)

test('while S3 is away the product and its backups go on, an alert says so, and the copy catches up', async () => {
  pauseS3Server()
  const lostAt = Date.now()

  await writeDocument(account, 'while S3 was away')
  const made = await backup('now', '--json')
  await until(async () => isOld(), 120_000)
  const alert = readStatus().alerts.find(({ code }) => code === 'OFFSITE_OLD')
  resumeS3Server()
  await until(async () => copiedAt() > lostAt && !isOld(), 120_000)

  console.info(alert)
  expect([made.code, parseLast(made.output).backup.error]).toEqual([0, null])
  expect(alert?.remedy).toContain('npm run backup -- copy')
}, 300_000)

test('one that is killed while it holds all of S3 for itself does not hold up the next copy', async () => {
  const killed = await killSidecarDuring(['verify'], /restic .*s3\.region.* check/)

  const { code, seconds } = await backup('copy')

  console.info(`The copy after it took ${seconds} s.`)
  expect(killed.code).not.toBe(0)
  expect(code).toBe(0)
  expect(seconds).toBeLessThan(60)
}, 240_000)

test('a server that lost all of its volumes comes back from S3 alone', async () => {
  await writeDocument(account, 'the last one')
  const copied = await backup('copy')
  docker('rm', '--force', ...['db', 'backup', 'api', 'web'].map(idOf))
  for (const volume of ['postgres_data', 'media_data', 'backups', 'wal_tail'])
    docker('volume', 'rm', `${project}_${volume}`)

  const fetched = await backup('fetch')
  const restored = await backup('restore', '--yes')
  compose('prod', 'up', '--detach', '--wait')

  console.info(copied.output, fetched.output, fetched.seconds, restored.output)
  expect([copied.code, fetched.code, restored.code]).toEqual([0, 0, 0])
  expect(await titlesOf(account)).toEqual([marker, 'the last one', 'while S3 was away'].sort())
  expect(await isPictureThere(account, picture)).toBe(true)
}, 240_000)

test('another repository does not follow it in the bucket', async () => {
  docker('exec', idOf('backup'), 'rm', '/backups/copy-owner')

  const { code, output } = await backup('copy')

  expect(code).toBe(1)
  expect(output).toContain('npm run backup -- fetch')
}, 60_000)
