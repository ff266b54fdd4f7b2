import { ButtonLink } from '../../components/button.tsx'
import { PlainPage } from '../../components/plain-page.tsx'
import { paths } from '../../lib/paths.ts'
import { text } from '../../lib/text.ts'

export function NotFoundPage() {
  return (
    <PlainPage title={text.notFound.title} lead={text.notFound.lead}>
      <ButtonLink look="primary" to={paths.landing}>
        {text.notFound.home}
      </ButtonLink>
    </PlainPage>
  )
}
