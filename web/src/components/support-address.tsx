import { useSettings } from '../lib/settings.ts'

/** Whom to ask, where this installation says so. */
export function SupportAddress({ lead }: { lead: string }) {
  const { supportEmail } = useSettings()
  if (!supportEmail) return null
  return (
    <p>
      {lead} <a href={`mailto:${supportEmail}`}>{supportEmail}</a>
    </p>
  )
}
