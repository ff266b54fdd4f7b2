/** What this service makes smaller pictures of. */
const scalable = [
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/tiff',
]

const otherPictures = [
  'image/bmp',
  'image/x-icon',
  'image/jxl',
  'image/heic',
  'image/heif',
  'image/heic-sequence',
  'image/heif-sequence',
]

/** Text has no other type: whether it is markup or a script does not matter to what is only ever downloaded. */
export const plainText = 'text/plain'

/** Word, Excel and PowerPoint before 2007; also the packages of Windows Installer, which are refused. */
export const compoundFile = 'application/x-cfb'

const documents = [
  plainText,
  compoundFile,
  'text/calendar',
  'text/vcard',
  'text/vtt',
  'application/pdf',
  'application/rtf',
  'application/epub+zip',
]

const officeFamilies = String.raw`^application/vnd\.(openxmlformats-officedocument|oasis\.opendocument|ms-(word|excel|powerpoint)|apple\.(pages|numbers|keynote))`

const documentPattern = `^(${documents.map((type) => type.replaceAll(/[.+]/g, String.raw`\$&`)).join('|')})$|${officeFamilies}`

const archives = [
  'application/zip',
  'application/gzip',
  'application/zstd',
  'application/x-tar',
  'application/x-bzip2',
  'application/x-xz',
  'application/x-7z-compressed',
  'application/x-rar-compressed',
]

/** Types that an upload may have. Programs are not among them, nor anything that nobody recognises. */
export function isAllowed(type: string): boolean {
  return (
    [...scalable, ...otherPictures, ...archives].includes(type) ||
    new RegExp(`^(audio|video)/|${documentPattern}`).test(type)
  )
}

export function isScalable(type: string): boolean {
  return scalable.includes(type)
}

/** What a browser may show in place; it downloads the others. No type here can hold a script. */
export function isShown(type: string): boolean {
  return /^(image|audio|video)\//.test(type)
}

export const mediaKinds = ['image', 'video', 'audio', 'document', 'other'] as const

export type MediaKind = (typeof mediaKinds)[number]

/** The types of a kind, as a regular expression that PostgreSQL reads too. */
export function patternOf(kind: Exclude<MediaKind, 'other'>): string {
  return kind === 'document' ? documentPattern : `^${kind}/`
}
