import { mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { runProgram } from '../programs/run-program.ts'
import { backupRole } from '../server/live-server.ts'

/** 0000000100000000000000AB, and .partial while it is written. */
const segmentName = /^([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})(\.partial)?$/

/**
 * The folder for the tail of the server that runs now. What another one left, or this one before a restore took it back in time, goes
 * aside: it may still be wanted for a restore, and must never be taken for the tail of this one.
 */
export async function prepareTail({
  config,
  live,
  logger,
}: Pick<Context, 'config' | 'live' | 'logger'>): Promise<string> {
  const server = await identify(config.folders.socket, live.environment())
  const folder = join(config.folders.tail, server.system)
  await mkdir(folder, { recursive: true })
  const newest = (await readdir(folder))
    .filter((name) => segmentName.test(name))
    .sort()
    .at(-1)
  if (newest && !isOf(newest, server)) {
    const aside = await putAside(folder)
    logger.warn(
      { aside, newest, server },
      'the database has gone another way than its tail, which is put aside',
    )
  }
  return folder
}

/** Where nothing is, the receiver begins where the server is. Returns what the tail is called now. */
export async function putAside(folder: string): Promise<string> {
  const aside = `${folder}.before-${new Date().toISOString().replaceAll(/[-:.]/g, '')}`
  await rename(folder, aside)
  await mkdir(folder)
  return aside
}

type Identity = { system: string; timeline: number; segment: number }

/** By the replication protocol, which every server answers whatever else is in it. */
async function identify(socket: string, environment: Record<string, string>): Promise<Identity> {
  const words = ['--no-psqlrc', '--tuples-only', '--no-align', '--command=IDENTIFY_SYSTEM']
  const dbname = `--dbname=host=${socket} user=${backupRole} dbname=postgres replication=database`
  const answer = await runProgram('psql', [...words, dbname], { environment })
  const [system = '', timeline = '', position = ''] = answer.trim().split('|')
  const [high = '0', low = '0'] = position.split('/')
  return { system, timeline: Number(timeline), segment: segmentNumber(high, Number.parseInt(low, 16) >>> 24) }
}

/** Segments have 16 MB, 256 of them to each high half of a position. */
const segmentNumber = (high: string, index: number) => Number.parseInt(high, 16) * 256 + index

function isOf(name: string, { timeline, segment }: Identity): boolean {
  const [, itsTimeline = '', high = '', index = ''] = segmentName.exec(name) ?? []
  return (
    Number.parseInt(itsTimeline, 16) === timeline &&
    segmentNumber(high, Number.parseInt(index, 16)) <= segment
  )
}
