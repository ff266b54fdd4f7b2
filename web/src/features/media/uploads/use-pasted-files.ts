import { useEffect, useEffectEvent } from 'react'
import { mediaText } from '../../../text/media.ts'

/** What browsers call a picture that was copied, whatever it shows. */
const NAMELESS = /^image\.\w+$/

/** Files that are pasted, except where text is written. */
export function usePastedFiles(onFiles: (files: File[]) => void) {
  const take = useEffectEvent(onFiles)

  useEffect(() => {
    function paste({ target, clipboardData }: ClipboardEvent) {
      const files = [...(clipboardData?.files ?? [])]
      if (files.length === 0 || isField(target)) return
      take(files.map(asNamed))
    }
    globalThis.addEventListener('paste', paste)
    return () => globalThis.removeEventListener('paste', paste)
  }, [])
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea')
}

function asNamed(file: File): File {
  if (!NAMELESS.test(file.name)) return file
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-')
  const extension = file.name.slice(file.name.lastIndexOf('.'))
  return new File([file], mediaText.upload.pastedName(stamp) + extension, { type: file.type })
}
