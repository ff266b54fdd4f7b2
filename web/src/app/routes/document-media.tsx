import type { ReactNode } from 'react'
import type { MediaViews } from '../../features/documents/components/markdown-text.tsx'
import { useMedia } from '../../features/media/api/get-media.ts'
import { LargePicture } from '../../features/media/components/large-picture.tsx'
import { MediaPlayer } from '../../features/media/components/media-player.tsx'
import { shownAs } from '../../features/media/media.ts'
import { documentsText } from '../../text/documents.ts'

const words = documentsText.files

/** How the text of a document shows files of the account: by links that are signed for whoever reads. */
export const mediaViews: MediaViews = { Picture, FileLink }

function Picture({ id, alt }: { id: string; alt: string }) {
  const { data: media, isPending } = useMedia(id)
  if (isPending) return words.loading
  if (!media || media.deleted_at) return words.missing(alt || words.nameless)
  const kind = shownAs(media)
  if (kind === 'image') return <LargePicture media={media} alt={alt} />
  return kind === 'file' ? (
    <FileLink id={id}>{alt || media.name}</FileLink>
  ) : (
    <MediaPlayer as={kind} media={media} />
  )
}

function FileLink({ id, children }: { id: string; children: ReactNode }) {
  const { data: media } = useMedia(id)
  if (!media || media.deleted_at) return children
  return <a href={media.links.download}>{children}</a>
}
