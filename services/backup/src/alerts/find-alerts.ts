import type { AlertLimits } from '../config.ts'
import { msApart } from '../schedule/watch-clock.ts'
import type { Status } from '../status/status-store.ts'
import type { Breakage } from '../wal/follow-wal.ts'

/** What is known at a moment. Times are in seconds; null where nothing is known yet. */
export type AlertFacts = {
  now: Date
  /** Since when the server has WAL that is not in the repository. */
  unarchivedSince: Date | null
  /** Of the receiver that writes the tail. */
  notFollowed: Breakage | null
  /** Seconds by which the clock was set while the sidecar runs; 0 where that is nothing. */
  clockJump: number
  status: Status
  repositoryUsedPercent: number
  /** Strict mode was asked for, and commits do not wait. */
  steppedDown: boolean
  /** A second place is set. */
  isCopiedOffsite: boolean
  startedAt: Date
}

export type Alert = { code: string; sentence: string; remedy: string }

const hourMs = 3_600_000
const compose = 'docker compose -f compose/base.yml -f compose/prod.yml'

/** Everything that somebody should look at now. */
export function findAlerts(limits: AlertLimits, facts: AlertFacts): Alert[] {
  return [...ofTheLog(limits, facts), ...ofBackups(limits, facts)].filter((alert) => alert !== false)
}

function ofTheLog(limits: AlertLimits, facts: AlertFacts): (Alert | false)[] {
  const { now, unarchivedSince, notFollowed, clockJump } = facts
  return [
    unarchivedSince !== null &&
      now.getTime() - unarchivedSince.getTime() > limits.archiveSeconds * 1_000 && {
        code: 'WAL_NOT_ARCHIVED',
        sentence: `The database's log has not reached the repository since ${unarchivedSince.toISOString()}.`,
        remedy: `${compose} logs --since 10m db backup: the error of archive-push says why.`,
      },
    notFollowed !== null &&
      now.getTime() - notFollowed.since.getTime() > limits.archiveSeconds * 1_000 && {
        code: 'LOG_NOT_FOLLOWED',
        sentence: `The second copy of the log gets nothing since ${notFollowed.since.toISOString()}: ${notFollowed.complaint}`,
        remedy:
          'Does the database run, has the disk of wal_tail room, and is secrets/replication_password the one of its role? npm run rotate -- database sets it anew.',
      },
    clockJump !== 0 && {
      code: 'CLOCK_JUMPED',
      sentence: `The clock was set ${Math.abs(Math.round(clockJump))} s ${clockJump > 0 ? 'forward' : 'back'} while backups were kept: nothing is removed for its age until somebody has looked.`,
      remedy: `Look at the server's time: timedatectl. When it is right: ${compose} restart backup`,
    },
  ]
}

function ofBackups(limits: AlertLimits, facts: AlertFacts): (Alert | false)[] {
  const { now, status, startedAt } = facts
  const since = (at: string | null | undefined) => msApart(now, at ?? startedAt.toISOString())
  return [
    since(status.backup?.error === null ? status.backup.at : null) > limits.backupHours * hourMs && {
      code: 'BACKUP_OLD',
      sentence: `The last backup is older than ${limits.backupHours} hours.`,
      remedy: 'npm run backup -- now; its error says why.',
    },
    status.backup !== null &&
      status.backup.error !== null && {
        code: 'BACKUP_FAILED',
        sentence: `The last backup failed: ${status.backup.error}`,
        remedy:
          'Mend what the sentence names; the sidecar tries again by itself, and npm run backup -- now at once.',
      },
    status.media !== null &&
      status.media.error !== null && {
        code: 'MEDIA_FAILED',
        sentence: `The last copy of the media failed: ${status.media.error}`,
        remedy: 'Mend what the sentence names; the sidecar tries again by itself.',
      },
    status.drill !== null &&
      status.drill.error !== null && {
        code: 'DRILL_FAILED',
        sentence: `The newest backup could not be restored whole: ${status.drill.error}`,
        remedy:
          'npm run backup -- drill shows each check. Make a new full backup at once: npm run backup -- now --full',
      },
    status.damages.length > 0 && {
      code: 'REPOSITORY_DAMAGED',
      sentence: `Something in the repository is damaged or missing: ${status.damages.join('; ').slice(0, 500)}`,
      remedy:
        'Make a new full backup at once: npm run backup -- now --full. npm run backup -- remove LABEL takes a damaged one away, and npm run backup -- verify looks again. Damage in the log goes with the backups before it.',
    },
    since(status.drill?.error === null ? status.drill.at : null) > limits.drillHours * hourMs && {
      code: 'DRILL_OLD',
      sentence: `No backup has been proven by a restore for ${limits.drillHours} hours.`,
      remedy: 'npm run backup -- drill',
    },
    facts.repositoryUsedPercent > limits.repositoryPercent && {
      code: 'REPOSITORY_FULL',
      sentence: `The disk of the repository is ${Math.round(facts.repositoryUsedPercent)} % full.`,
      remedy: 'Give it more room, or keep less: BACKUP_RETENTION_DAYS in .env.',
    },
    facts.isCopiedOffsite &&
      since(status.offsite?.at) > limits.offsiteSeconds * 1_000 &&
      offsiteAlert(status.offsite),
    facts.steppedDown && {
      code: 'STEPPED_DOWN',
      sentence:
        'Commits do not wait for the second copy, though strict mode is asked for: its receiver was away too long.',
      remedy: `${compose} logs backup. It steps up again by itself when the receiver has caught up. A database that was started before strict mode was asked for must be started anew.`,
    },
  ]
}

const offsiteAlert = (offsite: Status['offsite']): Alert => ({
  code: 'OFFSITE_OLD',
  sentence: `The last copy on S3 is ${offsite?.at ? `of ${offsite.at}` : 'still to be made'}. ${offsite?.error ?? 'One is under way.'}`,
  remedy:
    'npm run backup -- copy says what is wrong. Backups on this server go on meanwhile, and the copy catches up.',
})
