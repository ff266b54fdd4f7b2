import { describeFailure } from '../../../lib/describe-failure.ts'
import { HttpFailure } from '../../../lib/failures.ts'
import { formatSize } from '../../../lib/format-size.ts'
import { mediaText } from '../../../text/media.ts'
import { FileRefusal } from './upload.ts'

type Description = {
  message: string
  /** Another attempt could come to something else. */
  isWorthRetrying: boolean
  /** A larger plan would take it. */
  isPlanLimit: boolean
}

const words = mediaText.refusals
const never = (message: string): Description => ({ message, isWorthRetrying: false, isPlanLimit: false })
const later = (message: string): Description => ({ message, isWorthRetrying: true, isPlanLimit: false })
const tooLarge = (allowedBytes: number): Description => ({
  message: words.tooLarge(formatSize(allowedBytes)),
  isWorthRetrying: false,
  isPlanLimit: true,
})
const noRoom = (freeBytes: number): Description => ({
  message: words.noRoom(formatSize(Math.max(freeBytes, 0))),
  isWorthRetrying: true,
  isPlanLimit: true,
})

/** Why a file was not uploaded, for whoever chose it. */
export function describeUploadFailure(failure: unknown): Description {
  if (failure instanceof FileRefusal) return describeRefusal(failure)
  const described = failure instanceof HttpFailure && describeCode(failure)
  return described || later(describeFailure(failure).message)
}

function describeRefusal({ reason, allowedBytes }: FileRefusal): Description {
  if (reason === 'empty') return never(words.empty)
  if (reason === 'unreadable') return never(words.unreadable)
  return reason === 'too-large' ? tooLarge(allowedBytes) : noRoom(allowedBytes)
}

function describeCode({ problem: { code, facts, faults } }: HttpFailure): Description | null {
  if (faults.some(({ field }) => field === 'name')) return never(words.name)
  switch (code) {
    case 'UPLOAD_TOO_LARGE':
      return tooLarge(Number(facts.allowed))
    case 'PLAN_LIMIT_REACHED':
      return noRoom(Number(facts.allowed) - Number(facts.used))
    case 'EMPTY_UPLOAD':
      return never(words.empty)
    case 'MEDIA_TYPE_NOT_ALLOWED':
      return never(words.type)
    case 'PICTURE_TOO_LARGE':
      return never(words.pictureTooLarge(megapixels(facts.pixels), megapixels(facts.allowed)))
    case 'PICTURE_UNREADABLE':
      return never(words.pictureUnreadable)
    case 'UPLOAD_TOO_SLOW':
      return later(words.tooSlow)
    case 'STORAGE_FULL':
      return later(words.storageFull)
    default:
      return null
  }
}

function megapixels(pixels: unknown): string {
  return String(Math.round(Number(pixels) / 1e6))
}
