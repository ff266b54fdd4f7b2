import { FailureMessage } from '../../components/failure-message.tsx'
import { Message } from '../../components/message.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useChangeAddress } from '../../features/account/api/change-account.ts'
import { useAccount } from '../../features/account/api/get-account.ts'
import { AccountForm } from '../../features/account/components/account-form.tsx'
import { OwnAddress } from '../../features/account/components/own-address.tsx'
import { isHttpFailure } from '../../lib/failures.ts'
import { accountText } from '../../text/account.ts'
import { AccountSettings, Section } from './account-settings.tsx'

const words = accountText.profile

export function AccountSettingsPage() {
  const account = useAccount()
  return (
    <AccountSettings title={words.title}>
      {account.data ? (
        <>
          <Section title={words.addressTitle}>
            <OwnAddress account={account.data} />
          </Section>
          <ChangeAddress />
        </>
      ) : isHttpFailure(account.error, 403) ? (
        <Message tone="info">{words.mustVerify}</Message>
      ) : account.error ? (
        <FailureMessage failure={account.error} onRetry={() => account.refetch()} />
      ) : (
        <Skeleton rows={2} size="item" />
      )}
    </AccountSettings>
  )
}

function ChangeAddress() {
  return (
    <Section title={words.changeTitle} lead={words.changeLead}>
      <AccountForm
        asks={{ email: true, currentPassword: true }}
        words={words}
        mutation={useChangeAddress()}
      />
    </Section>
  )
}
