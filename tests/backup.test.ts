import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { backup, damage, holdRepository, idOf, parseLast, readStatus, workOn } from './support/backup.ts'
import { isPictureThere, titlesOf, uploadPicture, writeDocument } from './support/kept-data.ts'
import { type Loss, loseEverything, useMode } from './support/lose-everything.ts'
import { project } from './support/releases.ts'
import { type Account, aSignedInAccount, send, signIn } from './support/requests.ts'
import { docker, until } from './support/stack.ts'
import { inDatabase } from './support/upgrade.ts'

const marker = `marker-${randomUUID()}`
let account: Account
let picture = ''

/** What becomes of a picture a day after somebody has deleted it. */
function erase(id: string): void {
  inDatabase('finity_db', `delete from media where id = '${id}'`)
  sweep(id)
}

/** What the api does with a file that no row knows. */
function sweep(id: string): void {
  docker(
    'exec',
    idOf('api'),
    'node',
    '--eval',
    `require('node:fs').rmSync('/data/media/${id.slice(-2)}/${id}', { recursive: true })`,
  )
}

/** With a write before it, and one after it. */
async function aMoment(): Promise<string> {
  await writeDocument(account, 'before a moment')
  await pause(1_500)
  const moment = new Date().toISOString()
  await pause(1_500)
  await writeDocument(account, 'after it')
  return moment
}

/** What a restore to a moment ends with. */
async function lastChangeBefore(moment: string): Promise<string> {
  const { output } = await backup(
    'restore',
    '--time',
    moment,
    '--into',
    `at-${Date.now()}`,
    '--yes',
    '--json',
  )
  return new Date(parseLast(output).lastCommit).toISOString()
}

const isWell = async () => (await send('/api/documents?limit=1', account)).status === 200

beforeAll(async () => {
  account = await aSignedInAccount()
  await writeDocument(account, marker)
  picture = await uploadPicture(account)
  await until(async () => readStatus().drill !== null, 240_000)
}, 300_000)

describe('the sidecar', () => {
  test('makes a full backup of a new stack by itself, and proves it', () => {
    const { backup: made, drill, alerts } = readStatus()

    expect(made).toMatchObject({ kind: 'full', error: null })
    expect(drill?.checks.filter(({ ok }) => !ok)).toEqual([])
    expect(alerts).toEqual([])
  })

  test('copies what is uploaded within two minutes', async () => {
    const before = readStatus().media?.files ?? 0
    await uploadPicture(account)

    const took = await until(async () => (readStatus().media?.files ?? 0) > before, 120_000)

    console.info(`Copied after ${took} ms.`)
    expect(readStatus().media?.error).toBeNull()
  }, 150_000)

  test('says what an operator asks, as a table and as JSON', async () => {
    const listed = await backup('list')
    const listedAsJson = await backup('list', '--json')

    expect(listed.output).toMatch(/backup +kind +ended \(UTC\)/)
    expect(parseLast(listedAsJson.output).backups[0]).toMatchObject({ kind: 'full' })
  })

  test('makes a backup at once, and finds both repositories whole', async () => {
    const made = await backup('now', '--json')
    const verified = await backup('verify')

    expect([made.code, parseLast(made.output).backup.error]).toEqual([0, null])
    expect(verified.output).toContain('Both repositories are whole')
  })

  test('keeps nothing that can be read without the key', () => {
    const search = docker(
      'run',
      '--rm',
      '--user',
      '0',
      '--volume',
      `${project}_backups:/backups:ro`,
      '--entrypoint',
      'sh',
      'finity-backup',
      '-c',
      `grep -rqF ${marker} /backups; echo "ended with $?"`,
    )

    // 0 is a find, 2 is a search that failed.
    expect(search.trim()).toBe('ended with 1')
  })
})

describe('a drill', () => {
  const flip = (file: string) =>
    `f=${file}; n=$(($(stat -c %s "$f") / 2)); printf '\\377\\000\\377\\000' | dd of="$f" bs=1 seek="$n" conv=notrunc status=none`

  test('finds nothing in a copy that is whole', async () => {
    const volume = damage('nothing', 'true')

    const { code, output } = await workOn(volume, ['drill', '--json'])

    expect([code, parseLast(output).error]).toEqual([0, null])
  }, 120_000)

  test.each([
    [
      'a flipped byte in a backup',
      flip(`$(find database/backup/finity/*F -type f -size +40k ! -name '*.manifest*' | sort | head -n 1)`),
    ],
    [
      'a truncated file of a backup',
      `f=$(find database/backup/finity/*F -type f -size +40k ! -name '*.manifest*' | sort | head -n 1); truncate -s -1000 "$f"`,
    ],
    [
      'a flipped byte in the log',
      `for f in $(find database/archive/finity -type f -name '*.zst'); do ${flip('$f')}; done`,
    ],
    [
      'a deleted segment of the log',
      `rm $(find database/archive -type f -name '*.zst' | sort | tail -n 2 | head -n 1)`,
    ],
    ['an empty repository', 'rm -rf database media'],
  ])(
    'catches %s',
    async (what, command) => {
      const volume = damage(what.replaceAll(/\W/g, '_'), command)

      const { code, output } = await workOn(volume, ['drill', '--json'])

      console.info(what, output.slice(-600))
      expect(code).toBe(1)
      expect(parseLast(output).checks.filter(({ ok }: { ok: boolean }) => !ok)).not.toEqual([])
    },
    120_000,
  )

  test('catches a key that is not that of the repository', async () => {
    const volume = damage('key', 'true')
    const settings = ['BACKUP_KEY_FILE=', `BACKUP_KEY=${'x1y2z3'.repeat(10)}`]

    const { code, output } = await workOn(volume, ['drill', '--json'], settings)

    expect(code).toBe(1)
    expect(parseLast(output).error).toContain('The repository cannot be read')
  }, 120_000)
})

describe('a repository whose disk is full', () => {
  test('refuses a backup in words, and keeps those before', async () => {
    const before = parseLast((await backup('list', '--json')).output).backups.length
    // It ends when nothing more fits.
    holdRepository('! dd if=/dev/zero of=/backups/filler bs=1M')

    const { code, output } = await backup('now', '--full', '--json')
    holdRepository('rm /backups/filler')
    const after = parseLast((await backup('list', '--json')).output).backups.length

    expect(code).toBe(1)
    expect(output).toMatch(/no space left on device/i)
    expect(after).toBe(before)
  }, 120_000)
})

describe('a restore', () => {
  test('of a running stack is refused, unless that is said', async () => {
    const before = idOf('db')

    const { code, output } = await backup('restore', '--yes')

    expect(code).toBe(1)
    expect(output).toContain('--live')
    expect(idOf('db')).toBe(before)
  })

  test('brings back a moment, and the way back what was there before it', async () => {
    await writeDocument(account, 'before the mistake')
    const erased = await uploadPicture(account)
    await backup('now')
    await pause(1_500)
    const moment = new Date().toISOString()
    await pause(1_500)
    await writeDocument(account, 'the mistake')
    erase(erased)
    const late = await uploadPicture(account)
    await backup('now')

    const restored = await backup('restore', '--time', moment, '--live', '--yes')
    await until(isWell, 60_000)
    const then = await titlesOf(account)
    const isThere = await isPictureThere(account, erased)
    await writeDocument(account, 'after the restore')
    sweep(late)
    const back = await backup('back')
    await until(isWell, 60_000)
    const now = [...(await titlesOf(account)), await isPictureThere(account, late)]

    console.info(restored.output, back.output)
    expect([restored.code, then, isThere]).toEqual([0, [marker, 'before the mistake'].sort(), true])
    expect([back.code, now]).toEqual([0, [...[marker, 'before the mistake', 'the mistake'].sort(), true]])
  }, 240_000)

  test('to a moment of data that was left since, by a restore or the way back from one, brings that data', async () => {
    const restoredTo = await aMoment()
    const left = await aMoment()
    await backup('restore', '--time', restoredTo, '--live', '--yes')
    await until(isWell, 60_000)
    const restoredAt = new Date().toISOString()
    const leftToo = await aMoment()
    await backup('back')
    await until(isWell, 60_000)

    const inLeft = await lastChangeBefore(left)
    const inLeftToo = await lastChangeBefore(leftToo)

    expect([restoredTo, inLeft, left].toSorted()).toEqual([restoredTo, inLeft, left])
    expect([restoredAt, inLeftToo, leftToo].toSorted()).toEqual([restoredAt, inLeftToo, leftToo])
  }, 240_000)

  test('after the way back begins from a backup that leads to the data of now, and from none that was made on the way', async () => {
    const restored = await backup('restore', '--live', '--yes')
    await until(isWell, 60_000)
    // The sidecar may be at one of its own.
    await until(async () => (await backup('now', '--full')).code === 0, 90_000)
    const back = await backup('back')
    await until(isWell, 60_000)

    const { code, output } = await backup('restore', '--into', 'after', '--yes')

    console.info(output)
    expect([restored.code, back.code, code]).toEqual([0, 0, 0])
  }, 240_000)

  test('into a folder leaves the stack alone', async () => {
    const before = idOf('db')

    const { code, output } = await backup('restore', '--into', 'look', '--yes')
    const found = docker('exec', idOf('db'), 'cat', '/var/lib/postgresql/restore/look/PG_VERSION')

    console.info(output)
    expect([code, found.trim(), idOf('db')]).toEqual([0, '18', before])
  }, 120_000)
})

describe('when the server is killed and its data deleted', () => {
  const kills = Number(process.env.KILLS ?? 1)

  test.each([
    ['strict', 'nothing', 0],
    ['async', 'the last second at most', 1_000],
  ] as const)(
    'in %s mode %s of what was acknowledged is lost',
    async (mode, _, mostMs) => {
      await useMode(mode)
      const losses: Loss[] = []
      for (let kill = 0; kill < kills; kill += 1) {
        if (kill > 0) await useMode(mode)
        losses.push(await loseEverything(account))
      }

      console.table(losses.map((loss) => ({ mode, ...loss, lost: loss.lostBeforeKillMs.length })))
      expect(Math.min(...losses.map(({ acknowledged }) => acknowledged))).toBeGreaterThan(20)
      expect(
        losses
          .flatMap(({ lostBeforeKillMs }) => lostBeforeKillMs)
          .filter((ms) => ms > mostMs || mode === 'strict'),
      ).toEqual([])
    },
    kills * 120_000,
  )

  test('its pictures are there too', async () => {
    expect(await isPictureThere(account, picture)).toBe(true)
  })
})

test('people sign in after all that', async () => {
  expect((await signIn(account.email)).status).toBe(200)
})
