import { UploadIndicator } from '../features/media/components/upload-indicator.tsx'
import { MainNavigation } from './main-navigation.tsx'
import { Queries } from './queries.tsx'
import { ResumeSession } from './resume-session.tsx'

/** What surrounds the pages of whoever is signed in; visitors do without its code. */
export function MemberHeader() {
  return (
    <Queries>
      <MainNavigation />
    </Queries>
  )
}

export function MemberFoot() {
  return (
    <Queries>
      <UploadIndicator />
    </Queries>
  )
}

/** Until it is known whether somebody is signed in. */
export function Resumption() {
  return (
    <Queries>
      <ResumeSession />
    </Queries>
  )
}
