import { expect, test } from 'vitest'
import { formatPercent, formatSize } from '../src/lib/format-size.ts'

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [12_345, '12 kB'],
  [999_999, '1 MB'],
  [1_250_000, '1.3 MB'],
  [500_000_000, '500 MB'],
  [50_000_000_000, '50 GB'],
])('%i bytes are %s', (bytes, words) => {
  expect(formatSize(bytes)).toBe(words)
})

test('what is nearly done is not called done', () => {
  expect(formatPercent(0.999)).toBe('99%')
  expect(formatPercent(1)).toBe('100%')
})
