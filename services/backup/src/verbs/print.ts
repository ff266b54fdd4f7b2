import type { DrillCheck } from '../status/status-store.ts'

export const say = (text: string): void => void process.stdout.write(text)

/** The last line of a long work, in place of the one before; nothing where nobody looks. */
export const showProgress = (line: string): void => {
  if (process.stdout.isTTY) say(`\r\x1b[K  … ${line.slice(0, 100)}`)
}
export const clearProgress = (): void => {
  if (process.stdout.isTTY) say('\r\x1b[K')
}

/** Columns as wide as their widest cell. */
export function printTable(head: string[], rows: string[][]): void {
  const table = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  for (const row of table)
    say(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    )
  say('\n')
}

export function printChecks(checks: DrillCheck[]): void {
  for (const { name, ok, detail } of checks) say(`  ${ok ? '✓' : '✗'} ${name}: ${detail}\n`)
}

export const inMegabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`
export const inUtc = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ')
