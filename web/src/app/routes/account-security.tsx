import { useChangePassword } from '../../features/account/api/change-account.ts'
import { useAccount } from '../../features/account/api/get-account.ts'
import { AccountForm } from '../../features/account/components/account-form.tsx'
import { SecurityEventList } from '../../features/account/components/security-event-list.tsx'
import { accountText } from '../../text/account.ts'
import { AccountSettings, Section } from './account-settings.tsx'

const words = accountText.security

export function AccountSecurityPage() {
  const { data: account } = useAccount()
  return (
    <AccountSettings title={words.title}>
      <Section title={words.passwordTitle} lead={words.passwordLead}>
        <AccountForm
          asks={{ currentPassword: true, password: 'new' }}
          words={words}
          mutation={useChangePassword()}
          username={account?.email ?? ''}
        />
      </Section>
      <Section title={words.eventsTitle} lead={words.eventsLead}>
        <SecurityEventList />
      </Section>
    </AccountSettings>
  )
}
