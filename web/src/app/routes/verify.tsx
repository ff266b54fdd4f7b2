import { ButtonLink } from '../../components/button.tsx'
import { FailureMessage } from '../../components/failure-message.tsx'
import { PlainPage } from '../../components/plain-page.tsx'
import { useAccount } from '../../features/account/api/get-account.ts'
import { useVerifyAddress } from '../../features/account/api/verify-address.ts'
import { ResendMail } from '../../features/account/components/resend-mail.tsx'
import { hasCode } from '../../lib/failures.ts'
import { paths } from '../../lib/paths.ts'
import { accountText } from '../../text/account.ts'
import { documentsText } from '../../text/documents.ts'
import { useLinkToken } from '../use-link-token.ts'

const words = accountText.verify

export function VerifyPage() {
  const token = useLinkToken()
  return token ? <Verification key={token} token={token} /> : <DeadLink />
}

function Verification({ token }: { token: string }) {
  const verification = useVerifyAddress(token)

  if (verification.isPending) return <PlainPage title={words.title} lead={words.pending} />
  if (verification.isSuccess) return <Verified />
  if (hasCode(verification.error, 'VERIFY_USER_BAD_TOKEN')) return <DeadLink />
  return (
    <PlainPage title={words.title} lead={words.failed}>
      <FailureMessage failure={verification.error} onRetry={() => verification.refetch()} />
    </PlainPage>
  )
}

function Verified() {
  return (
    <PlainPage takesFocus title={words.done} lead={words.doneLead}>
      <ButtonLink look="primary" to={paths.documents}>
        {documentsText.toDocuments}
      </ButtonLink>
    </PlainPage>
  )
}

/** A link that was followed twice is no fault when the address is confirmed. */
function DeadLink() {
  const { data: account } = useAccount()

  if (account?.is_verified) return <Verified />
  return (
    <PlainPage takesFocus title={accountText.deadLink.title} lead={accountText.deadLink.lead}>
      {account ? (
        <ResendMail email={account.email} />
      ) : (
        <ButtonLink look="primary" to={paths.signIn}>
          {words.signIn}
        </ButtonLink>
      )}
    </PlainPage>
  )
}
