import { mediaText } from '../../../text/media.ts'
import { type MediaFilter, mediaKinds } from '../media.ts'
import styles from './kind-filter.module.css'

const words = mediaText.kinds

type Part = Pick<MediaFilter, 'kind' | 'deleted'>
type Props = { filter: MediaFilter; onChange: (part: Part) => void; hasDeleted?: boolean }

/** One choice of a few, each a button that says whether it is chosen. */
export function KindFilter({ filter, onChange, hasDeleted = false }: Props) {
  const choices: { label: string; part: Part }[] = [
    { label: words.all, part: { kind: null, deleted: false } },
    ...mediaKinds.map((kind) => ({ label: words[kind], part: { kind, deleted: false } })),
    ...(hasDeleted ? [{ label: words.deleted, part: { kind: null, deleted: true } }] : []),
  ]
  return (
    <fieldset className={styles.kinds}>
      <legend className="visually-hidden">{words.label}</legend>
      {choices.map(({ label, part }) => (
        <button
          key={label}
          type="button"
          className={styles.kind}
          aria-pressed={filter.kind === part.kind && filter.deleted === part.deleted}
          onClick={() => onChange(part)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  )
}
