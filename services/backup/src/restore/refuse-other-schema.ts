import { type Contents, readContents } from '../drill/compare-data.ts'
import type { Ask } from '../server/ask-server.ts'

/** Throws where the restored database has migrations that the running one lacks, or the other way round: its services suit one of them only. */
export async function refuseOtherSchema(live: Ask, restored: Ask): Promise<void> {
  // One that is stopped, or empty, has no services that could be wrong.
  const running = await readContents(live).catch(() => null)
  if (!running) return
  const own = await readContents(restored)
  const [lacks, has] = [namesBeyond(running, own), namesBeyond(own, running)]
  if (lacks.length + has.length === 0) return
  const lines = [
    lacks.length > 0 && `it lacks ${lacks.join(', ')}`,
    has.length > 0 && `only it has ${has.join(', ')}`,
  ]
  throw new Error(
    `The restored database has another schema than the one that runs: ${lines.filter(Boolean).join('; ')}. Release what suits it and restore with --other-schema, or look at it with --into. Nothing is changed.`,
  )
}

/** Migrations of the one that the other does not have. */
const namesBeyond = (one: Contents, other: Contents): string[] =>
  (['finity_auth', 'finity_db'] as const).flatMap((database) =>
    one[database].migrations
      .filter((name) => !other[database].migrations.includes(name))
      .map((name) => `${database}/${name}`),
  )
