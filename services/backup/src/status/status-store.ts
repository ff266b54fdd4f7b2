import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Migrations } from '../server/read-migrations.ts'

export type Outcome = { at: string; seconds: number; error: string | null }

export type Status = {
  backup: (Outcome & { kind: 'full' | 'diff'; label: string | null; bytes: number }) | null
  media: (Outcome & { files: number; bytes: number }) | null
  /** Of the last restore that was tried to prove a backup. */
  drill: (Outcome & { label: string | null; bytes: number; checks: DrillCheck[] }) | null
  /** Of the copies on S3: of when the last good one is, that of the media too, and why the last one failed. */
  offsite: { at: string | null; mediaAt: string | null; prunedAt: string | null; error: string | null } | null
  /** Of the database in use. */
  migrations: Migrations | null
  /** Seconds by which the clock was set while the sidecar runs; 0 where that is nothing. */
  clockJump: number
  /** When each alert that stands was told. */
  told: Record<string, string>
  /** Where in the log each named point is. */
  points: Record<string, number>
  /** When each of them was made. */
  pointTimes: Record<string, string>
  /** What pgBackRest finds wrong with the repository. */
  damages: string[]
}

export type DrillCheck = { name: string; ok: boolean; detail: string }

export type StatusStore = { read: () => Status; change: (part: Partial<Status>) => void }

/** Of a sidecar that has done nothing yet. */
export const nothing: Status = {
  backup: null,
  media: null,
  drill: null,
  offsite: null,
  migrations: null,
  clockJump: 0,
  told: {},
  points: {},
  pointTimes: {},
  damages: [],
}

/**
 * In the repository's volume, since one container may make a backup and another tell of it. What its disk has no room for is known to this
 * process until it has.
 */
export function createStatusStore(folder: string): StatusStore {
  const file = join(folder, 'status.json')
  let unsaved: Partial<Status> = {}
  /** What was saved when there was no room for that. */
  let replaced: Partial<Status> = {}

  function readFile(): Partial<Status> {
    try {
      return JSON.parse(readFileSync(file, 'utf8'))
    } catch {
      return {}
    }
  }

  /** What another container has saved in between is newer. No time tells: the clock may have been ahead when one of them was noted. */
  function stillUnsaved(saved: Partial<Status>): Partial<Status> {
    const isUntouched = (name: string) =>
      isDeepStrictEqual(saved[name as keyof Status], replaced[name as keyof Status])
    return Object.fromEntries(Object.entries(unsaved).filter(([name]) => isUntouched(name)))
  }

  return {
    read() {
      const saved = readFile()
      return { ...nothing, ...saved, ...stillUnsaved(saved) }
    },
    change(part) {
      const saved = readFile()
      const changed = { ...stillUnsaved(saved), ...part }
      try {
        mkdirSync(folder, { recursive: true })
        const next = `${file}.${process.pid}`
        writeFileSync(next, `${JSON.stringify({ ...nothing, ...saved, ...changed }, null, 2)}\n`, {
          flush: true,
        })
        renameSync(next, file)
        unsaved = {}
      } catch {
        // What fills the disk or breaks it is told by who works on the repository.
        unsaved = changed
        replaced = saved
      }
    },
  }
}
