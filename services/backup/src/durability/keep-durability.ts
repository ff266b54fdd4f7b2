import type { Context } from '../context.ts'
import { receiverName } from '../wal/follow-wal.ts'

type Standing = { waits: boolean; stepsDown: boolean; lag: number | null }

/** As much as one segment: from there the receiver is with the server in a moment. It answers each second; one that hangs counts as streaming too. */
const smallLagBytes = 16 * 1024 * 1024

/**
 * Commits wait for the receiver in strict mode, once it has caught up, and never in the other. That they cease to wait when it is
 * away is the server's own care (docker/postgres/step-down.sh): this process may be what is away. A server that was started before strict mode was
 * asked for does not step down, and is not made to wait.
 */
export async function keepDurability({
  config,
  live,
  logger,
}: Pick<Context, 'config' | 'live' | 'logger'>): Promise<void> {
  const { waits, stepsDown, lag } = await readStanding(live)
  const isReady = lag !== null && lag < smallLagBytes
  if (config.mode === 'strict' && !waits && isReady && stepsDown) {
    await setStandby(live, receiverName)
    logger.info('commits wait for the second copy of the log from now on')
  }
  if (config.mode === 'async' && waits) {
    await setStandby(live, '')
    logger.info('commits no longer wait for the second copy of the log')
  }
}

/** Null when the server does not answer. */
export async function doCommitsWait(live: Context['live']): Promise<boolean | null> {
  return await readStanding(live).then(
    ({ waits }) => waits,
    () => null,
  )
}

async function readStanding(live: Context['live']): Promise<Standing> {
  const [row] = await live.ask<Standing>(
    'postgres',
    `select current_setting('synchronous_standby_names') <> '' as waits,
       coalesce(current_setting('finity.steps_down', true), '') = 'on' as "stepsDown",
       (select pg_wal_lsn_diff(pg_current_wal_flush_lsn(), flush_lsn)::bigint from pg_stat_replication
        where application_name = '${receiverName}' and state = 'streaming' and reply_time > now() - interval '3 s') as lag`,
  )
  return row ?? { waits: false, stepsDown: false, lag: null }
}

async function setStandby(live: Context['live'], name: string): Promise<void> {
  await live.command(
    'postgres',
    `alter system set synchronous_standby_names = '${name}'`,
    'select pg_reload_conf()',
  )
}
