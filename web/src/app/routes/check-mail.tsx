import { ButtonLink } from '../../components/button.tsx'
import { PlainPage } from '../../components/plain-page.tsx'
import { paths } from '../../lib/paths.ts'
import { accountText } from '../../text/account.ts'

/** Takes the place of a form whose next step is in the mailbox. */
export function CheckMail({ lead }: { lead: string }) {
  return (
    <PlainPage takesFocus title={accountText.checkMail.title} lead={lead}>
      <ButtonLink to={paths.signIn}>{accountText.checkMail.signIn}</ButtonLink>
    </PlainPage>
  )
}
