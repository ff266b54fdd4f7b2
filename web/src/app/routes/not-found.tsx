import { ButtonLink } from '../../components/button.tsx'
import { PlainPage } from '../../components/plain-page.tsx'
import { paths } from '../../lib/paths.ts'
import { commonText } from '../../text/common.ts'

export function NotFoundPage() {
  return (
    <PlainPage title={commonText.notFound.title} lead={commonText.notFound.lead}>
      <ButtonLink look="primary" to={paths.landing}>
        {commonText.notFound.home}
      </ButtonLink>
    </PlainPage>
  )
}
