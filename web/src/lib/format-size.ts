import { commonText } from '../text/common.ts'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
const STEP = 1000

/** Bytes as people say them, in the decimal units that plans count in. */
export function formatSize(bytes: number): string {
  let power = 0
  while (power < UNITS.length - 1 && Math.round(bytes / STEP ** power) >= STEP) power += 1
  return new Intl.NumberFormat(commonText.locale, {
    style: 'unit',
    unit: UNITS[power],
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power < 2 ? 0 : 1,
  }).format(bytes / STEP ** power)
}

const percent = new Intl.NumberFormat(commonText.locale, { style: 'percent', maximumFractionDigits: 0 })

/** Rounded down: what is not done is never called 100 %. */
export function formatPercent(part: number): string {
  return percent.format(Math.floor(part * 100) / 100)
}
