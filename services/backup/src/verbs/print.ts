import type { DrillCheck } from '../status/status-store.ts'

export const say = (text: string): void => void process.stdout.write(text)

/** Columns as wide as their widest cell. */
export function printTable(head: string[], rows: string[][]): void {
  const table = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  for (const row of table)
    say(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()}\n`)
  say('\n')
}

export function printChecks(checks: DrillCheck[]): void {
  for (const { name, ok, detail } of checks) say(`  ${ok ? '✓' : '✗'} ${name}: ${detail}\n`)
}
