import type { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { isDatabaseUnavailable } from '@finity/kit/database/is-database-unavailable.ts'
import type { RequestFacts } from '@finity/kit/http/define-route.ts'
import { requirePace } from '@finity/kit/http/require-pace.ts'
import type { Principal } from '../access/require-account.ts'
import type { Context, Stores } from '../context.ts'
import { answerOnce, findFirstAnswer } from '../idempotency/answer-once.ts'
import { beginUpload, giveUpUpload, type UploadDraft } from './begin-upload.ts'
import { describeFile } from './describe-file.ts'
import { ChecksumMismatch, MediaNotFound, StorageFull } from './errors.ts'
import type { MediumFacts } from './media-store.ts'
import { type Announcement, readAnnouncement } from './read-announcement.ts'
import { type MediaFacts, toMediaFacts } from './schemas.ts'
import { createTypeSniffer, type TypeSniffer } from './sniff-type.ts'

export type Upload = { principal: Principal; request: RequestFacts; draft: UploadDraft; body: Readable }

/** Without links, which are made anew when the first answer is given again. */
export type UploadAnswer = { status: 201; headers: { Location: string }; body: MediaFacts }

/** How often, and after what time, a database that is away is asked again. */
const attempts = 20
const tryAgainMs = 1_000

/** The slowest sender that is waited for: a bad mobile connection sends ten times as much. */
const pace = { bytesPerSecond: 10_000, windowMs: 60_000 }

/** Keeps a file as it arrives. Acknowledged, it is on the disk; refused, or left half-way, nothing of it stays. */
export async function acceptUpload(context: Context, upload: Upload): Promise<UploadAnswer> {
  const { principal, request, draft } = upload
  const announced = readAnnouncement(request)
  const parts = ['media', draft, announced.bytes, announced.sha256?.toString('hex')]
  const first = await findFirstAnswer<UploadAnswer>(context, principal, request, parts)
  if (first) return first
  const id = await beginUpload(context, principal, draft, announced.bytes)
  try {
    const facts = await receive(context, id, announced, upload.body)
    const answer = await insist(() =>
      answerOnce(context, principal, request, parts, (stores) => finish(stores, id, facts)),
    )
    if (answer.body.id !== id) await leaveNothing(context, upload, id)
    return answer
  } catch (error) {
    await leaveNothing(context, upload, id)
    throw isDiskFull(error) ? new StorageFull(error) : error
  }
}

/** While the database is away this cannot be; then it is swept away later. */
async function leaveNothing(context: Context, { request }: Upload, id: string): Promise<void> {
  try {
    await giveUpUpload(context, id)
  } catch (error) {
    request.log.warn({ err: error, mediaId: id }, 'an upload could not be given up yet')
  }
}

async function receive(
  { storage, config }: Context,
  id: string,
  announced: Announcement,
  body: Readable,
): Promise<MediumFacts> {
  const sniffer = createTypeSniffer()
  const chunks = requirePace(body, { ...pace, idleMs: config.uploadIdleSeconds * 1_000 })
  const { sha256 } = await storage.write(id, 'original', sniffing(chunks, sniffer))
  if (announced.sha256 && !announced.sha256.equals(sha256)) throw new ChecksumMismatch()
  return { ...(await describeFile(storage.pathOf(id, 'original'), await sniffer.end())), sha256 }
}

async function* sniffing(chunks: AsyncIterable<Buffer>, sniffer: TypeSniffer): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    await sniffer.take(chunk)
    yield chunk
  }
}

async function finish({ media, jobs }: Stores, id: string, facts: MediumFacts): Promise<UploadAnswer> {
  const finished = await media.finishUpload(id, facts)
  if (finished?.variantState === 'pending') await jobs.sendJob('make-variants', { mediaId: id })
  // An earlier attempt may have finished it, and its answer was lost.
  const medium = finished ?? (await media.findMedium(null, id))
  if (!medium) throw new MediaNotFound()
  return { status: 201, headers: { Location: `/api/media/${id}` }, body: toMediaFacts(medium) }
}

/** Gigabytes that have arrived are not thrown away because the database restarts. */
async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt === attempts || !isDatabaseUnavailable(error)) throw error
      await setTimeout(tryAgainMs)
    }
  }
}

function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(String((error as NodeJS.ErrnoException).code))
}
