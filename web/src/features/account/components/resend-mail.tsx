import { Button } from '../../../components/button.tsx'
import { describeFailure } from '../../../lib/describe-failure.ts'
import { showNotice } from '../../../lib/notices.ts'
import { accountText } from '../../../text/account.ts'
import { useRequestVerification } from '../api/request-verification.ts'

/** Asks for the mail that confirms an address. What came of it is a notice, so that the button keeps the focus. */
export function ResendMail({ email }: { email: string }) {
  const request = useRequestVerification()

  function send() {
    if (request.isPending) return
    request.mutate(email, {
      onSuccess: () => showNotice(accountText.verify.resent),
      onError: (failure) => showNotice(describeFailure(failure).message),
    })
  }

  return (
    <Button aria-disabled={request.isPending} onClick={send}>
      {accountText.verify.resend}
    </Button>
  )
}
