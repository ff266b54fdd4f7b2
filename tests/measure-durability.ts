import { setTimeout as pause } from 'node:timers/promises'
import { idOf, readStatus } from './support/backup.ts'
import { fillDatabase, inDatabase, makeFullBackup } from './support/fill-database.ts'
import { writeDocument } from './support/kept-data.ts'
import { useMode } from './support/lose-everything.ts'
import { type Account, aSignedInAccount } from './support/requests.ts'
import { docker, until } from './support/stack.ts'

/**
 * New documents a second, through the edge, of people who each wait for their answer: without any copy of the log, in each mode of
 * durability, and while a full backup runs. In turn, so that what the machine does besides meets all of them. Usage: npm run bench -- durability
 */
const people = 8
const seconds = 10
const rounds = 5
const gigabytes = 1

// What one account writes is written one after the other, since its usage is counted.
const accounts: Account[] = []
for (let number = 0; number < people; number += 1) accounts.push(await aSignedInAccount())
await until(async () => readStatus().drill !== null, 240_000)
await fillDatabase(gigabytes)
const measured: Record<string, number[]> = { none: [], async: [], 'async, full backup': [], strict: [] }
for (let round = 1; round <= rounds; round += 1) {
  await useMode('async')
  measured.none?.push(await withoutCopies(() => writeFor(() => pause(seconds * 1_000))))
  measured.async?.push(await writeFor(() => pause(seconds * 1_000)))
  measured['async, full backup']?.push(await writeFor(makeFullBackup))
  await useMode('strict')
  measured.strict?.push(await writeFor(() => pause(seconds * 1_000)))
  console.info(
    `Round ${round} of ${rounds}: ${Object.entries(measured)
      .map(([name, all]) => `${name} ${all.at(-1)}`)
      .join(', ')}`,
  )
}
const base = median(measured.none ?? [])
console.table(
  Object.entries(measured).map(([name, all]) => ({
    'Copies of the log': name,
    'documents/s, median': median(all),
    'of none, %': Math.round((median(all) / base) * 100),
  })),
)

/** Documents a second while `work` lasts, after a moment in which nothing is counted. Throws when a write fails meanwhile. */
async function writeFor(work: () => Promise<unknown>): Promise<number> {
  await untilAllWrite()
  // Each begins as far from one as the others: what is written first after it costs more.
  inDatabase('checkpoint')
  let [count, isOver] = [0, false]
  const write = async (account: Account) => {
    for (; !isOver; count += 1) await writeDocument(account, 'Measured')
  }
  const writing = Promise.all(accounts.map(write))
  const beside = (other: Promise<unknown>) => Promise.race([other, writing])
  await beside(pause(3_000))
  const [before, startedAt] = [count, performance.now()]
  await beside(work())
  const rate = (count - before) / ((performance.now() - startedAt) / 1_000)
  isOver = true
  await writing
  return Math.round(rate)
}

/** The services may still be looking for a database that was started anew. */
async function untilAllWrite(): Promise<void> {
  const everyone = () => Promise.all(accounts.map((account) => writeDocument(account, 'Here again')))
  await until(() => everyone().then(() => true), 60_000)
}

/** The sidecar is stopped, and PostgreSQL's archiver sleeps; what was written is archived before anything else is measured. */
async function withoutCopies(work: () => Promise<number>): Promise<number> {
  const sidecar = idOf('backup')
  const archiver = inDatabase("select pid from pg_stat_activity where backend_type = 'archiver'").trim()
  const tellArchiver = (signal: string) =>
    docker('exec', idOf('db'), 'sh', '-c', `kill -${signal} ${archiver}`)
  docker('stop', sidecar)
  tellArchiver('STOP')
  const rate = await work()
  tellArchiver('CONT')
  docker('start', sidecar)
  await until(async () => readStatus().commits_wait === false, 60_000)
  await until(async () => inDatabase(waitingSegments).trim() === '0', 120_000)
  return rate
}

const waitingSegments = "select count(*) from pg_ls_archive_statusdir() where name like '%.ready'"

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
