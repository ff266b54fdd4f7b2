import { redirect } from 'react-router'
import { signOut } from '../../features/account/api/sign-out.ts'
import { paths } from '../../lib/paths.ts'

export function endSession() {
  signOut()
  return redirect(paths.signIn)
}

/** A link to this address, from here or from anywhere, signs nobody out. */
export function refuseVisit() {
  return redirect(paths.landing)
}
