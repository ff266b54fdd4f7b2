import { ButtonLink } from '../../components/button.tsx'
import { PlainPage } from '../../components/plain-page.tsx'
import { paths } from '../../lib/paths.ts'
import { text } from '../../lib/text.ts'

/** Takes the place of a form whose next step is in the mailbox. */
export function CheckMail({ lead }: { lead: string }) {
  return (
    <PlainPage takesFocus title={text.account.checkMail.title} lead={lead}>
      <ButtonLink to={paths.signIn}>{text.account.checkMail.signIn}</ButtonLink>
    </PlainPage>
  )
}
