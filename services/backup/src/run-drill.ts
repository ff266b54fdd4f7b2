import type { Context } from './context.ts'
import { drillRestore } from './drill/drill-restore.ts'
import { verifyRepository } from './database/verify-repository.ts'

/** Proves the newest backup and writes down how that went. True when all was well. */
export async function runDrill({ pgBackRest, config, status, clock, logger }: Context): Promise<boolean> {
  const damages = await verifyRepository(pgBackRest).catch((error: Error) => [error.message])
  const { seconds, bytes, checks } = await drillRestore(pgBackRest, config, null)
  const all = [{ name: 'repository', ok: damages.length === 0, detail: damages.join('; ') || 'whole' }, ...checks]
  const failed = all.filter(({ ok }) => !ok)
  const error = failed.length === 0 ? null : failed.map(({ name, detail }) => `${name}: ${detail}`).join('; ')
  const label = status.read().backup?.label ?? null
  status.change({ drill: { at: clock().toISOString(), seconds, label, bytes, checks: all, error } })
  if (error) logger.error({ checks: failed }, 'the newest backup could not be restored whole')
  else logger.info({ label, seconds, bytes }, 'the newest backup is proven')
  return error === null
}
