import { SessionList } from '../../features/account/components/session-list.tsx'
import { accountText } from '../../text/account.ts'
import { AccountSettings, Section } from './account-settings.tsx'

const words = accountText.sessions

export function AccountSessionsPage() {
  return (
    <AccountSettings title={words.title}>
      <Section lead={words.lead}>
        <SessionList />
      </Section>
    </AccountSettings>
  )
}
