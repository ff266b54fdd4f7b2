import { useEffect, useEffectEvent, useState } from 'react'

/** Files that are dropped anywhere on the page. Tells whether some are held above it. */
export function useDroppedFiles(onFiles: (files: File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false)
  const take = useEffectEvent(onFiles)

  useEffect(() => {
    const settled = new AbortController()
    const listen = (type: 'dragover' | 'dragleave' | 'drop', react: (event: DragEvent) => void) =>
      globalThis.addEventListener(type, (event) => holdsFiles(event) && react(event), settled)
    listen('dragover', (event) => {
      event.preventDefault()
      setIsOver(true)
    })
    listen('dragleave', ({ relatedTarget }) => {
      if (relatedTarget === null) setIsOver(false)
    })
    listen('drop', (event) => {
      event.preventDefault()
      setIsOver(false)
      take([...(event.dataTransfer?.files ?? [])])
    })
    return () => settled.abort()
  }, [])

  return isOver
}

/** Text and pictures that are dragged within the page are none. */
function holdsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') === true
}
