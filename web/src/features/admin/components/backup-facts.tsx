import { formatSize } from '../../../lib/format-size.ts'
import { formatAge, formatDuration, formatMoment } from '../../../lib/format-time.ts'
import { adminText } from '../../../text/admin.ts'
import type { BackupStatus } from '../admin.ts'
import cards from './fact-cards.module.css'

const words = adminText.system.backups

/** How the last of each went, and what a commit waits for. */
export function BackupFacts({ status }: { status: BackupStatus }) {
  const { backup, media, drill } = status
  return (
    <dl className={cards.cards}>
      <LastOutcome label={hasFailed(drill) ? words.failedRestore : words.provenRestore} outcome={drill}>
        {drill && listed(formatSize(drill.bytes), formatDuration(drill.seconds))}
      </LastOutcome>
      <LastOutcome label={words.backup} outcome={backup}>
        {backup && listed(words.kinds[backup.kind], formatSize(backup.bytes), formatDuration(backup.seconds))}
      </LastOutcome>
      <LastOutcome label={words.media} outcome={media}>
        {media && listed(words.files(media.files), formatSize(media.bytes), formatDuration(media.seconds))}
      </LastOutcome>
      <Durability status={status} />
    </dl>
  )
}

type Outcome = { at: string; error: string | null }
type LastOutcomeProps = { label: string; outcome: Outcome | null; children: string | null }

/** `children` say more of one that went well. */
function LastOutcome({ label, outcome, children }: LastOutcomeProps) {
  return (
    <div className={cards.card} data-failing={hasFailed(outcome)}>
      <dt className={cards.name}>{label}</dt>
      <dd className={cards.value}>{outcome ? <Age outcome={outcome} /> : words.none}</dd>
      {outcome && <dd className={cards.detail}>{outcome.error ?? children}</dd>}
    </div>
  )
}

function Age({ outcome }: { outcome: Outcome }) {
  const at = new Date(outcome.at)
  const age = formatAge(at, new Date())
  return (
    <time dateTime={outcome.at} title={formatMoment(at)}>
      {hasFailed(outcome) ? words.failed(age) : age}
    </time>
  )
}

function Durability({ status }: { status: BackupStatus }) {
  const mode = modeOf(status)
  const { name, meaning } = words.modes[mode]
  return (
    <div className={cards.card} data-failing={mode === 'steppedDown'}>
      <dt className={cards.name}>{words.durability}</dt>
      <dd className={cards.value}>{name}</dd>
      <dd className={cards.detail}>{meaning}</dd>
    </div>
  )
}

function modeOf({ mode, commits_wait: commitsWait }: BackupStatus): keyof typeof words.modes {
  if (mode === 'async') return 'async'
  if (commitsWait === null) return 'unknown'
  return commitsWait ? 'strict' : 'steppedDown'
}

function hasFailed(outcome: Outcome | null): boolean {
  return outcome !== null && outcome.error !== null
}

function listed(...facts: string[]): string {
  return facts.join(', ')
}
