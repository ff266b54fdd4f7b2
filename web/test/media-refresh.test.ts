import { expect, test } from 'vitest'
import type { Media } from '../src/features/media/media.ts'
import { pauseUntilRefresh } from '../src/features/media/pause-until-refresh.ts'

const now = Date.parse('2026-11-23T12:00:00Z')
const minutes = 60_000

function aMedium({ state = 'ready', age = 0, linksEndIn = 90 * minutes }): Media {
  const expires = (now + linksEndIn) / 1_000
  return {
    variant_state: state,
    created_at: new Date(now - age).toISOString(),
    links: { content: `/api/media/1/content?expires=${expires}&session=s&signature=x` },
  } as Media
}

test('previews that are being made are asked for soon, late ones with more patience', () => {
  expect(pauseUntilRefresh([aMedium({}), aMedium({ state: 'pending' })], now)).toBe(1_500)
  expect(pauseUntilRefresh([aMedium({ state: 'pending', age: 2 * minutes })], now)).toBe(15_000)
})

test('links are renewed a minute before the first of them ends', () => {
  const media = [aMedium({ linksEndIn: 90 * minutes }), aMedium({ linksEndIn: 70 * minutes })]
  expect(pauseUntilRefresh(media, now)).toBe(69 * minutes)
})

test('a clock that is wrong does not ask without end', () => {
  expect(pauseUntilRefresh([aMedium({ linksEndIn: -5 * minutes })], now)).toBe(30_000)
})

test('nothing is asked for where there is nothing', () => {
  expect(pauseUntilRefresh([], now)).toBe(false)
})
