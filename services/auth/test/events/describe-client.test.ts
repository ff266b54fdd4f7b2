import { expect, test } from 'vitest'
import { describeClient } from '../../src/events/describe-client.ts'

function deviceOf(userAgent: string): string {
  return describeClient({ clientAddress: '203.0.113.1', header: () => userAgent }).device
}

test('looks at the beginning of a long header alone, and cuts the name', () => {
  const end = ' Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

  expect(deviceOf(`${'x'.repeat(500)}${end}`)).toBe('x'.repeat(100))
})
