import { Fragment } from 'react'
import { createPath, Navigate, Outlet, useLocation } from 'react-router'
import { paths } from '../lib/paths.ts'
import { useSession } from '../lib/session.ts'

/** Around the pages of an account: without a session they lead to signing in, and back from there. */
export function RequireSession() {
  const { accountId, endReason } = useSession()
  const location = useLocation()
  if (accountId) {
    return (
      <Fragment key={accountId}>
        <Outlet />
      </Fragment>
    )
  }
  const target = endReason === 'signed-out' ? paths.signIn : paths.signInReturningTo(createPath(location))
  return <Navigate replace to={target} />
}
