import type { Context } from './context.ts'
import { verifyRepository } from './database/verify-repository.ts'
import { drillRestore } from './drill/drill-restore.ts'
import { removeOldDrills } from './drill/remove-old-drills.ts'
import { workAlone } from './programs/work-alone.ts'

/** Proves the newest backup and writes down how that went. True when all was well. */
export async function runDrill(context: Context, onStep?: (name: string) => void): Promise<boolean> {
  return await workAlone(context.config.folders.repository, 'drill', () => run(context, onStep))
}

async function run(context: Context, onStep?: (name: string) => void): Promise<boolean> {
  const { status, clock, logger, config } = context
  removeOldDrills(config.folders.restore)
  onStep?.('repository')
  const damages = await verifyRepository(context)
  const report = await drillRestore(context, onStep)
  const repository = { name: 'repository', ok: damages.length === 0, detail: damages.join('; ') || 'whole' }
  const checks = [repository, ...report.checks]
  // Damage in what the newest backup does not need has an alert of its own.
  const failed = report.checks.filter(({ ok }) => !ok)
  const error = failed.length === 0 ? null : failed.map(({ name, detail }) => `${name}: ${detail}`).join('; ')
  const { label, seconds, bytes } = report
  status.change({ drill: { at: clock().toISOString(), seconds, label, bytes, checks, error } })
  if (damages.length > 0) logger.error({ damages }, 'the repository is damaged')
  if (error) logger.error({ checks: failed }, 'the newest backup could not be restored whole')
  else logger.info({ label, seconds, bytes }, 'the newest backup is proven')
  return checks.every(({ ok }) => ok)
}
