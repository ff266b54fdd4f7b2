import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { aStranger } from '../support/documents.ts'
import {
  aMedium,
  aPicture,
  type Bytes,
  bytesOf,
  drawPicture,
  fetchBytes,
  readMedium,
} from '../support/media.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const token = await aStranger(api)
const patience = { timeout: 30_000 }

// What the service itself reads are files.
sharp.unblock({
  operation: ['VipsForeignLoadWebpBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'],
})
api.startWork()

/** A picture whose variants were waited for. */
async function aScaledPicture(bytes: Bytes) {
  const { id } = await aMedium(api, token, bytes, { name: 'picture' })
  const state = async () => (await readMedium(api, token, id)).variant_state
  await expect.poll(state, patience).not.toBe('pending')
  return readMedium(api, token, id)
}

async function pixelsOf(link: string | null) {
  const { bytes } = await fetchBytes(api, link ?? '')
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)]
  return { ...info, at, metadata: await sharp(bytes).metadata() }
}

test.each([
  'jpeg',
  'png',
  'webp',
  'gif',
  'avif',
  'tiff',
] as const)('makes smaller pictures of a large one: %s', async (format) => {
  const { links } = await aScaledPicture(await aPicture({ width: 2_000, height: 1_000, format }))

  const sizes = [await pixelsOf(links.thumbnail), await pixelsOf(links.medium)]

  expect(sizes.map(({ width, height }) => [width, height])).toEqual([
    [320, 160],
    [1_600, 800],
  ])
  expect(sizes.map(({ metadata }) => metadata.format)).toEqual(['webp', 'webp'])
})

test('makes a small picture no larger', async () => {
  const { links } = await aScaledPicture(await aPicture({ width: 40, height: 20 }))

  const { width, height } = await pixelsOf(links.medium)

  expect([width, height]).toEqual([40, 20])
})

test('turns a picture as it is shown, and says its size so', async () => {
  const turned = await drawPicture({ width: 400, height: 200 })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

  const medium = await aScaledPicture(bytesOf(turned))

  const { at, width, height } = await pixelsOf(medium.links.medium)
  expect([medium.width, medium.height]).toEqual([200, 400])
  expect([width, height]).toEqual([200, 400])
  expect([at(100, 50)[0], at(100, 350)[2]].map((value) => (value ?? 0) > 200)).toEqual([true, true])
})

test('leaves out where and by what a picture was taken', async () => {
  const place = { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' }
  const withPlace = await drawPicture({ width: 400, height: 200 })
    .withExif({ IFD0: { Model: 'Camera 1234' }, IFD3: place })
    .jpeg()
    .toBuffer()

  const { links } = await aScaledPicture(bytesOf(withPlace))

  const { metadata } = await pixelsOf(links.thumbnail)
  expect((await sharp(withPlace).metadata()).exif).toBeDefined()
  expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.icc]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('shows colours of a wide profile as they are, in sRGB', async () => {
  const wide = await drawPicture({ width: 40, height: 20 }).withIccProfile('p3').png().toBuffer()

  const { links } = await aScaledPicture(bytesOf(wide))

  const { metadata, at } = await pixelsOf(links.medium)
  expect(metadata.space).toBe('srgb')
  expect(at(5, 10)[0]).toBeGreaterThan(240)
})

test('makes the small pictures of a moving one from its beginning', async () => {
  const frames = await Promise.all(
    ['red', 'blue'].map((background) =>
      sharp({ create: { width: 40, height: 20, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  const moving = await sharp(frames, { join: { animated: true } })
    .gif({ delay: [100, 100] })
    .toBuffer()

  const { links } = await aScaledPicture(bytesOf(moving))

  const { at, metadata } = await pixelsOf(links.thumbnail)
  expect(metadata.pages ?? 1).toBe(1)
  expect(at(20, 10)[0]).toBeGreaterThan(200)
})

test('keeps a damaged picture, says that it cannot be shown smaller, and does not try again', async () => {
  const whole = await sharp({
    create: {
      width: 800,
      height: 800,
      channels: 3,
      background: 'red',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .jpeg()
    .toBuffer()

  const medium = await aScaledPicture(bytesOf(whole.subarray(0, whole.length / 2)))

  const [job] = await api.query(
    `select retry_count, state::text from pgboss.job where name = 'make-variants' and data->>'mediaId' = $1`,
    medium.id,
  )
  expect(medium).toMatchObject({ variant_state: 'failed', links: { thumbnail: null, medium: null } })
  expect(job).toEqual({ retry_count: 0, state: 'completed' })
  expect((await fetchBytes(api, medium.links.content)).bytes).toHaveLength(medium.size_bytes)
})

test('says that a picture is not ready, and of a text that it never is', async () => {
  const { id } = await aMedium(api, token, 'text')

  const answer = await api.send(`/api/media/${id}/thumbnail`, { token })

  expectProblem(answer, 404, 'VARIANT_NOT_READY')
})
