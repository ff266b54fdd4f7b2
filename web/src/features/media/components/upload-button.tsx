import { useRef } from 'react'
import { Button } from '../../../components/button.tsx'
import { mediaText } from '../../../text/media.ts'

/** Opens the chooser of the browser, which knows the keyboard and the camera of a phone. */
export function UploadButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button look="primary" onClick={() => input.current?.click()}>
        {mediaText.upload.button}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])])
          // The same file can be chosen again.
          currentTarget.value = ''
        }}
      />
    </>
  )
}
