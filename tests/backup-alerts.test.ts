import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { holdRepository, idOf, onReceiver, readStatus, runInSidecar } from './support/backup.ts'
import { setClock, useSettableClock } from './support/clock.ts'
import { calls, mails, settingsOfEars, startEars, untilCleared, untilRaised } from './support/hear-alerts.ts'
import { useMode } from './support/lose-everything.ts'
import { type Account, aSignedInAccount, send } from './support/requests.ts'
import { compose, docker, folder, until } from './support/stack.ts'
import { inDatabase } from './support/upgrade.ts'

let account: Account

const write = () => send('/api/documents', { ...account, method: 'POST', body: '{"title":"written"}' })

beforeAll(async () => {
  account = await aSignedInAccount()
  startEars()
  appendFileSync(join(folder, '.env'), `\n${settingsOfEars}\nBACKUP_ALERT_ARCHIVE_SECONDS=20\n`)
  useSettableClock()
  await until(async () => readStatus().drill?.error === null, 240_000)
}, 400_000)

describe('in the metrics, by mail and by webhook an operator hears, with the remedy and when it is over,', () => {
  test('that the log does not reach the repository', async () => {
    holdRepository('chmod 500 /backups/database/archive/finity/18-1 /backups/database/archive/finity/18-1/*')
    inDatabase('postgres', 'select pg_switch_wal()')

    await untilRaised('WAL_NOT_ARCHIVED')
    holdRepository('chmod 700 /backups/database/archive/finity/18-1 /backups/database/archive/finity/18-1/*')
    await untilCleared('WAL_NOT_ARCHIVED')

    const told = calls().flatMap(({ raised }) => raised)
    const remedy = told.find(({ code }) => code === 'WAL_NOT_ARCHIVED')?.remedy
    expect(remedy).toContain('archive-push')
    expect((await mails()).some(({ text }) => text.includes(`Remedy: ${remedy}`))).toBe(true)
  }, 300_000)

  test('that a drill has failed, and that the repository is damaged', async () => {
    const file = holdRepository(
      `find /backups/database/backup/finity/*F -type f -size +40k ! -name '*.manifest*' | sort | head -n 1`,
    ).trim()
    holdRepository(
      `cp ${file} ${file}.whole && printf x | dd of=${file} bs=1 seek=20000 conv=notrunc status=none`,
    )

    const drilled = await runInSidecar('drill')
    await untilRaised('DRILL_FAILED')
    await untilRaised('REPOSITORY_DAMAGED')
    holdRepository(`mv ${file}.whole ${file}`)
    const drilledAgain = await runInSidecar('drill')
    await untilCleared('DRILL_FAILED')
    await untilCleared('REPOSITORY_DAMAGED')

    expect([drilled.code, drilledAgain.code]).toEqual([1, 0])
  }, 300_000)

  test('that the disk of the repository is 80 % full', async () => {
    holdRepository(
      'df --output=size,used --block-size=1 /backups | tail -n 1 | { read -r size used; head -c $((size * 82 / 100 - used)) /dev/zero >/backups/filler; }',
    )

    await untilRaised('REPOSITORY_FULL')
    holdRepository('rm /backups/filler')

    await untilCleared('REPOSITORY_FULL')
  }, 300_000)

  test('that the second copy of the log is refused, when its credentials are revoked', async () => {
    inDatabase('postgres', `alter role finity_replication password 'another'`)
    inDatabase('postgres', 'select pg_terminate_backend(pid) from pg_stat_replication')

    await untilRaised('LOG_NOT_FOLLOWED')
    const made = await runInSidecar('now')
    const password = docker('exec', idOf('backup'), 'cat', '/run/secrets/replication_password').trim()
    inDatabase('postgres', `alter role finity_replication password '${password}'`)
    await untilCleared('LOG_NOT_FOLLOWED')

    const told = (await mails()).find(({ text }) => text.includes('LOG_NOT_FOLLOWED:'))
    expect(told?.text).toContain('password authentication failed')
    expect([made.code, made.output]).toEqual([1, expect.stringContaining('password authentication failed')])
  }, 300_000)

  test('that backups fail, when a right of their role is revoked', async () => {
    const right = 'execute on function pg_catalog.pg_backup_start(text, boolean)'
    inDatabase('postgres', `revoke ${right} from finity_replication`)

    const made = await runInSidecar('now')
    await untilRaised('BACKUP_FAILED')
    inDatabase('postgres', `grant ${right} to finity_replication`)
    await runInSidecar('now')
    await untilCleared('BACKUP_FAILED')

    expect([made.code, made.output]).toEqual([1, expect.stringContaining('permission denied')])
  }, 300_000)

  test('that no backup was made for 26 hours, and none proven for 48', async () => {
    compose('prod', 'stop', 'db')

    await setClock('+27h')
    await untilRaised('BACKUP_OLD')
    await setClock('+49h')
    await untilRaised('DRILL_OLD')
    await setClock('+0')
    compose('prod', 'up', '--detach', '--wait', 'db')

    await untilCleared('BACKUP_OLD')
    await untilCleared('DRILL_OLD')
  }, 400_000)
})

describe('in strict mode', () => {
  test('commits go on without the second copy after the set time, which is told, and wait again when it is back', async () => {
    await useMode('strict')
    onReceiver('STOP')

    // The api waits for a commit for some seconds only, and answers 503 then.
    const waitedMs = await until(async () => (await write()).status === 201, 60_000)
    await untilRaised('STEPPED_DOWN')
    onReceiver('CONT')
    await until(async () => readStatus().commits_wait === true, 120_000)
    await untilCleared('STEPPED_DOWN')

    console.info(`Commits waited ${waitedMs} ms.`)
    expect(waitedMs).toBeGreaterThan(8_000)
    expect(waitedMs).toBeLessThan(25_000)
  }, 400_000)
})
