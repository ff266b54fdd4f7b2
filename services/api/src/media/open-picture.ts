import sharp, { type Sharp } from 'sharp'

/** A decoded picture takes four bytes a pixel and more. */
export const maxPixels = 50_000_000

sharp.cache(false)
sharp.concurrency(1)
// libvips would open whatever it can: drawings with links in them, formats of microscopes, its own scratch files.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Heif', 'Tiff'].map((format) => `VipsForeignLoad${format}File`),
})

/** The first picture of a file. Damage is an error, and so are too many pixels once it is decoded. */
export function openPicture(path: string, limitInputPixels: number | false = maxPixels): Sharp {
  return sharp(path, { limitInputPixels, failOn: 'error' })
}
