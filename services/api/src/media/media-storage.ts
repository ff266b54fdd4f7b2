export const variantKinds = ['thumbnail', 'medium'] as const

export type VariantKind = (typeof variantKinds)[number]

export type FileKind = 'original' | VariantKind

/** Where the bytes of media are. A file is there whole or not at all, and survives whatever happens once `write` has resolved. */
export type MediaStorage = {
  /** Keeps what comes. When the source fails, or the disk, nothing stays. */
  write: (
    mediaId: string,
    kind: FileKind,
    chunks: AsyncIterable<Uint8Array>,
  ) => Promise<{ bytes: number; sha256: Buffer<ArrayBuffer> }>
  /** The folder of all files, and the place of one in it. */
  root: string
  placeOf: (mediaId: string, kind: FileKind) => string
  pathOf: (mediaId: string, kind: FileKind) => string
  /** All files of a medium, those that are still arriving too. */
  remove: (mediaId: string) => Promise<void>
  /** The ids of all media that have files. One may come twice. */
  list: () => AsyncIterable<string>
  /** When something of it was written last; null when there is nothing. */
  changedAt: (mediaId: string) => Promise<Date | null>
  readSpace: () => Promise<{ freeBytes: number; totalBytes: number }>
}
