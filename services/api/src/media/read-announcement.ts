import type { RequestFacts } from '@finity/kit/http/define-route.ts'
import { InvalidInput, UnsupportedMediaType } from '@finity/kit/http/http-errors.ts'
import { EmptyUpload, LengthRequired } from './errors.ts'

/** What a client says of the bytes that it is about to send. */
export type Announcement = { bytes: number; sha256: Buffer | null }

export function readAnnouncement({ header }: RequestFacts): Announcement {
  // Kept as they are, such bytes would not be the file.
  if ((header('Content-Encoding') ?? 'identity') !== 'identity') throw new UnsupportedMediaType()
  const length = header('Content-Length')
  if (length === undefined) throw new LengthRequired()
  const sha256 = readDigest(header('Content-Digest'))
  if (Number(length) === 0) throw new EmptyUpload()
  return { bytes: Number(length), sha256 }
}

/** A dictionary of digests by algorithm, of which we know one. RFC 9530 section 2, RFC 8941 section 3.2. */
function readDigest(digests: string | undefined): Buffer | null {
  if (digests === undefined) return null
  const entries = digests
    .split(',')
    .map((entry) => /^ *([a-z][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}): *$/.exec(entry))
  const known = entries.find((entry) => entry?.[1] === 'sha-256')
  const digest = known && Buffer.from(known[2] ?? '', 'base64')
  if (entries.includes(null) || (digest && digest.length !== 32)) {
    const msg = 'Input should be a dictionary of digests, such as sha-256=:…:'
    throw new InvalidInput([{ type: 'value_error', loc: ['header', 'Content-Digest'], msg }])
  }
  return digest ?? null
}
