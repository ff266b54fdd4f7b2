import { orderOf } from '../schedule/watch-clock.ts'
import type { MediaCopy } from './restic.ts'

/**
 * Those that together have each file which a row of that moment names: the newest, and for what was deleted since then the last one before
 * the moment and the first one after it. What a deleted row has named stays in its place for a day.
 */
export function chooseCopies(moment: Date, copies: MediaCopy[]): MediaCopy[] {
  const isBefore = (copy: MediaCopy) => orderOf(copy) < moment.getTime()
  const chosen = [copies.at(-1), copies.findLast(isBefore), copies.find((copy) => !isBefore(copy))]
  return [...new Set(chosen)].filter((copy) => copy !== undefined)
}
