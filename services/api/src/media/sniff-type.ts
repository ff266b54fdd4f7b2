import { fileTypeFromBuffer } from 'file-type'
import { MediaTypeNotAllowed } from './errors.ts'
import { isAllowed, plainText } from './media-types.ts'

/** Where formats say what they are; most do in the first bytes, a PNG after its colour profile. */
const sampleBytes = 65_536

/** Bytes that text does not have. Source: https://mimesniff.spec.whatwg.org/#binary-data-byte */
const binaryBytes = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte)),
)

export type TypeSniffer = {
  /** Throws MediaTypeNotAllowed as soon as that is certain. */
  take: (chunk: Uint8Array) => Promise<void>
  /** The type of all that was taken. */
  end: () => Promise<string>
}

/** Finds the media type of what arrives by its content alone: a format that is known and allowed, or text in UTF-8. */
export function createTypeSniffer(): TypeSniffer {
  const sample: Uint8Array[] = []
  const text = new TextDecoder('utf-8', { fatal: true })
  let sampled = 0
  let type: string | undefined

  async function decide(): Promise<string> {
    const beginning = Buffer.concat(sample.splice(0))
    const format = bareType((await fileTypeFromBuffer(beginning))?.mime)
    if (format !== undefined && isAllowed(format)) return format
    requireText(text, beginning)
    return plainText
  }

  return {
    async take(chunk) {
      if (type === plainText) return requireText(text, chunk)
      if (type !== undefined) return
      sample.push(chunk)
      sampled += chunk.length
      if (sampled >= sampleBytes) type = await decide()
    },
    async end() {
      type ??= await decide()
      if (type === plainText) requireText(text)
      return type
    },
  }
}

/** Without parameters, such as the codecs of a film. */
export function bareType(type: string | undefined): string | undefined {
  return type?.split(';', 1)[0]
}

/** Without a chunk: the text is over, and must not end within a character. */
function requireText(text: TextDecoder, chunk?: Uint8Array): void {
  try {
    text.decode(chunk, { stream: chunk !== undefined })
  } catch (error) {
    throw new MediaTypeNotAllowed(error)
  }
  if (chunk && hasBinary(chunk)) throw new MediaTypeNotAllowed()
}

/** Every byte of every text: a loop is many times as fast as a callback. */
function hasBinary(chunk: Uint8Array): boolean {
  for (let index = 0; index < chunk.length; index += 1) {
    if (binaryBytes[chunk[index] ?? 0]) return true
  }
  return false
}
