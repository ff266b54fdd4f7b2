import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { firstExisting } from '@finity/kit/database/first-existing.ts'
import type { Context } from '../context.ts'
import { measurePicture } from './describe-file.ts'
import type { FileKind, VariantKind } from './media-storage.ts'
import type { Variant } from './media-store.ts'

/** At most so many pixels on the longer side. */
const sizes: Record<VariantKind, number> = { medium: 1_600, thumbnail: 320 }

const timeoutMs = 50_000

/** The picture cannot be decoded, in the time and the memory that there is. */
class PictureBroken extends Error {}

/** Makes the smaller pictures of a picture, the thumbnail from the medium one. A picture that is broken is not tried again. */
export async function makeVariants(context: Context, mediaId: string, signal: AbortSignal): Promise<void> {
  const medium = await context.media.findMedium(null, mediaId)
  if (medium?.variantState !== 'pending') return
  const variants = await scaleAll(context, mediaId, signal).catch((error: unknown) => {
    if (!(error instanceof PictureBroken)) throw error
    context.logger.info({ mediaId, reason: error.message }, 'a picture could not be read')
    return []
  })
  await context.transact(({ media }) => media.endVariants(mediaId, variants))
}

async function scaleAll(context: Context, mediaId: string, signal: AbortSignal): Promise<Variant[]> {
  return [
    await scale(context, mediaId, 'original', 'medium', signal),
    await scale(context, mediaId, 'medium', 'thumbnail', signal),
  ]
}

async function scale(
  { storage }: Context,
  mediaId: string,
  from: FileKind,
  kind: VariantKind,
  signal: AbortSignal,
): Promise<Variant> {
  const scaled = runScaler(storage.pathOf(mediaId, from), sizes[kind], signal)
  const { bytes, sha256 } = await storage.write(mediaId, kind, scaled)
  const { width, height } = await measurePicture(storage.pathOf(mediaId, kind))
  return { kind, mediaType: 'image/webp', width, height, sizeBytes: bytes, sha256 }
}

/** Beside the bundle, or beside this. */
const places = ['./scale-picture.js', './scale-picture.ts'].map((path) => new URL(path, import.meta.url))

/** In a process of its own, which may crash, hang or be ended for its memory. */
async function* runScaler(file: string, pixels: number, signal: AbortSignal): AsyncGenerator<Buffer> {
  const words = ['--max-old-space-size=64', firstExisting(...places), file, String(pixels)]
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    signal,
  })
  const ended = once(child, 'close')
  // Heard of below, when what it wrote is read.
  ended.catch(() => {})
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, 1_000)
  })
  yield* child.stdout
  const [code, killedBy] = await ended
  if (code !== 0) throw new PictureBroken(killedBy ?? complaint)
}
