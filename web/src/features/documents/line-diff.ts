/** A run of lines that both texts have, or a place where they part. */
export type Hunk = { same: string[] } | { mine: string[]; theirs: string[] }

/** Above it a finer comparison would take too long, and nobody reads one. */
const MAX_COMPARISONS = 1_000_000

/** Where two texts part, line by line. */
export function compareLines(mine: string, theirs: string): Hunk[] {
  const a = mine.split('\n')
  const b = theirs.split('\n')
  const start = countSame(a, b)
  const end = countSame(a.slice(start).reverse(), b.slice(start).reverse())
  const hunks: Hunk[] = [
    { same: a.slice(0, start) },
    ...comparePart(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    { same: a.slice(a.length - end) },
  ]
  return hunks.filter(hasLines)
}

function countSame(a: string[], b: string[]): number {
  const parting = a.findIndex((line, index) => line !== b[index])
  return parting === -1 ? a.length : parting
}

function comparePart(a: string[], b: string[]): Hunk[] {
  if (a.length * b.length > MAX_COMPARISONS) return [{ mine: a, theirs: b }]
  const inCommon = measureCommon(a, b)
  const hunks: Hunk[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      lastSame(hunks).push(...a.slice(i, i + 1))
      i += 1
      j += 1
    } else if (at(inCommon, i + 1, j) >= at(inCommon, i, j + 1)) {
      lastParted(hunks).mine.push(...a.slice(i, i + 1))
      i += 1
    } else {
      lastParted(hunks).theirs.push(...b.slice(j, j + 1))
      j += 1
    }
  }
  lastParted(hunks).mine.push(...a.slice(i))
  lastParted(hunks).theirs.push(...b.slice(j))
  return hunks
}

function lastSame(hunks: Hunk[]): string[] {
  const last = hunks.at(-1)
  if (last && 'same' in last) return last.same
  const same: string[] = []
  hunks.push({ same })
  return same
}

function lastParted(hunks: Hunk[]): { mine: string[]; theirs: string[] } {
  const last = hunks.at(-1)
  if (last && 'mine' in last) return last
  const parted = { mine: [], theirs: [] }
  hunks.push(parted)
  return parted
}

/** For each pair of places, how many lines the rests have in common. */
function measureCommon(a: string[], b: string[]): Uint32Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const common =
        a[i] === b[j] ? at(rows, i + 1, j + 1) + 1 : Math.max(at(rows, i + 1, j), at(rows, i, j + 1))
      rows[i]?.fill(common, j, j + 1)
    }
  }
  return rows
}

function at(rows: Uint32Array[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0
}

function hasLines(hunk: Hunk): boolean {
  return 'same' in hunk ? hunk.same.length > 0 : hunk.mine.length + hunk.theirs.length > 0
}
