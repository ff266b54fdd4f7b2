import type { FileBody } from '@finity/kit/http/define-route.ts'
import type { Context } from '../context.ts'
import { MediaNotFound, VariantNotReady } from './errors.ts'
import type { FileKind, VariantKind } from './media-storage.ts'
import type { Medium } from './media-store.ts'
import { isShown } from './media-types.ts'
import { requireMediaId } from './require-media-id.ts'
import type { Reader } from './require-reader.ts'

export type FileAnswer = { status: 200; headers: Record<string, string>; body: FileBody }

/** The file as it was uploaded. */
export async function sendOriginal(
  context: Context,
  reader: Reader,
  id: string,
  isDownload: boolean,
): Promise<FileAnswer> {
  const medium = await requireUndeleted(context, reader, id)
  return fileAnswer(context, medium, { kind: 'original', ...medium, isDownload })
}

/** A smaller picture of it. */
export async function sendVariant(
  context: Context,
  reader: Reader,
  id: string,
  kind: VariantKind,
): Promise<FileAnswer> {
  const medium = await requireUndeleted(context, reader, id)
  const variant = await context.media.findVariant(medium.id, kind)
  if (!variant) throw new VariantNotReady()
  return fileAnswer(context, medium, { ...variant, isDownload: false })
}

async function requireUndeleted({ media }: Context, { ownerId }: Reader, id: string): Promise<Medium> {
  const medium = await media.findMedium(ownerId, requireMediaId(id))
  if (!medium || medium.deletedAt) throw new MediaNotFound()
  return medium
}

type SentFile = { kind: FileKind; mediaType: string; sha256: Uint8Array; isDownload: boolean }

/** What people uploaded is never a page of ours: it runs nothing, and a browser shows only what cannot run anything. */
function fileAnswer({ storage, config }: Context, medium: Medium, file: SentFile): FileAnswer {
  const disposition = isShown(file.mediaType) && !file.isDownload ? 'inline' : 'attachment'
  return {
    status: 200,
    headers: {
      ETag: `"${Buffer.from(file.sha256).toString('hex')}"`,
      'Cache-Control': 'private, max-age=3600',
      // A browser that keeps it for one account does not give it to the next.
      Vary: 'Authorization',
      'Content-Disposition': `${disposition}; ${fileName(medium.name)}`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
    },
    body: {
      mediaType: file.mediaType,
      root: storage.root,
      path: storage.placeOf(medium.id, file.kind),
      sentBy: config.mediaSentBy,
    },
  }
}

/** In ASCII for old clients, and as it is. RFC 6266 section 4.3, RFC 8187 section 3.2. */
function fileName(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `filename="${plain}"; filename*=UTF-8''${encoded}`
}
