import { createHash } from 'node:crypto'
import type { MediaRepository } from '../media/restic.ts'
import type { Ask } from '../server/ask-server.ts'

const sampleSize = 10

/** Some media of the restored database, as the repository has them, by their hashes. Throws when one differs or is missing. */
export async function compareMedia(ask: Ask, media: MediaRepository): Promise<string> {
  const copies = await media.list()
  const newest = copies.at(-1)
  if (!newest) throw new Error('there is no copy of the media')
  const sample = await ask<{ id: string; sha256: string }>(
    'finity_db',
    `select id, encode(sha256, 'hex') as sha256 from media
     where deleted_at is null and sha256 is not null and state = 'stored' and created_at < '${newest.takenAt.toISOString()}'
     order by random() limit ${sampleSize}`,
  )
  for (const { id, sha256 } of sample) {
    const found = createHash('sha256')
    await media.read(newest.id, `${id.slice(-2)}/${id}/original`, (chunk) => found.update(chunk))
    if (found.digest('hex') !== sha256) throw new Error(`the file of the medium ${id} is not what it was`)
  }
  return `${sample.length} of ${newest.files} files read, all as they were`
}
