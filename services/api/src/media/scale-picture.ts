import { existsSync, writeFileSync } from 'node:fs'
import { openPicture } from './open-picture.ts'

// A program of its own: what a picture does to its decoder happens here. Usage: scale-picture FILE PIXELS — writes WebP to
// standard output, as it is shown, in sRGB, without what cameras write into pictures: places, times, serial numbers.

const [file = '', pixels = ''] = process.argv.slice(2)
const size = Number(pixels)

// When memory runs out, the kernel ends this and not the service.
const score = '/proc/self/oom_score_adj'
if (existsSync(score)) writeFileSync(score, '1000')

try {
  const scaled = await openPicture(file)
    .autoOrient()
    .resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer()
  process.stdout.write(scaled)
} catch (error) {
  process.stderr.write(String(error))
  process.exitCode = 1
}
