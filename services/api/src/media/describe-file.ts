import type { FileHandle } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { MediaTypeNotAllowed, PictureTooLarge, PictureUnreadable } from './errors.ts'
import type { MediumFacts } from './media-store.ts'
import { compoundFile, isAllowed, isScalable } from './media-types.ts'
import { maxPixels, openPicture } from './open-picture.ts'
import { bareType } from './sniff-type.ts'
import { withFile } from './with-file.ts'

export type FileFacts = Pick<MediumFacts, 'mediaType' | 'width' | 'height' | 'variantState'>

/** Looks closer at a file that is all there, whose beginning says that it has this type. */
export async function describeFile(path: string, sniffed: string): Promise<FileFacts> {
  const mediaType = await refineType(path, sniffed)
  if (!isScalable(mediaType)) return { mediaType, width: null, height: null, variantState: 'none' }
  return { mediaType, ...(await measurePicture(path)), variantState: 'pending' }
}

/** What is in an archive tells an office file, or a program, from a mere archive. */
async function refineType(path: string, sniffed: string): Promise<string> {
  if (sniffed === compoundFile) await refuseInstaller(path)
  if (sniffed !== 'application/zip') return sniffed
  const type = bareType((await fileTypeFromFile(path))?.mime) ?? sniffed
  if (!isAllowed(type)) throw new MediaTypeNotAllowed()
  return type
}

/** By its header alone, before anything decodes it. */
export async function measurePicture(path: string): Promise<{ width: number; height: number }> {
  const { width, height, autoOrient } = await readHeader(path)
  if (width * height > maxPixels) throw new PictureTooLarge(width * height, maxPixels)
  return { width: autoOrient.width, height: autoOrient.height }
}

async function readHeader(path: string) {
  try {
    return await openPicture(path, false).metadata()
  } catch (error) {
    throw new PictureUnreadable(error)
  }
}

/** The class of the root entry: packages, patches and transforms of Windows Installer. Source: [MS-CFB] 2.2 and 2.6.1 */
const installer = /^8[246]100c0000000000c000000000000046$/

async function refuseInstaller(path: string): Promise<void> {
  const root = await withFile(path, 'r', async (file) => {
    const header = await readAt(file, 0, 512)
    const sectorBytes = header.readUInt16LE(0x1e) === 12 ? 4_096 : 512
    return readAt(file, (header.readUInt32LE(0x30) + 1) * sectorBytes, 128)
  })
  if (installer.test(root.toString('hex', 0x50, 0x60))) throw new MediaTypeNotAllowed()
}

/** Zeros where the file is over. */
async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer
}
