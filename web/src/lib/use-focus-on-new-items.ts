import { useEffect, useRef } from 'react'

/** Reading goes on at the first of the items that were just loaded, even when the button for more is gone. */
export function useFocusOnNewItems<List extends HTMLElement>(itemCount: number) {
  const list = useRef<List>(null)
  const expectedIndex = useRef<number>(null)

  useEffect(() => {
    if (expectedIndex.current === null || itemCount <= expectedIndex.current) return
    const item = list.current?.children[expectedIndex.current]
    const target = item?.querySelector<HTMLElement>('a, button, summary') ?? item
    if (target instanceof HTMLElement) target.focus({ preventScroll: true })
    expectedIndex.current = null
  }, [itemCount])

  return {
    list,
    expectMore: () => {
      expectedIndex.current = itemCount
    },
  }
}
