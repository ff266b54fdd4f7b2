import { useEffect } from 'react'
import { Outlet } from 'react-router'
import { DraftKeeper } from '../features/documents/components/draft-keeper.tsx'
import { loadAhead } from './load-ahead.ts'
import { Queries } from './queries.tsx'

/** What goes on in the background of every page of an account. */
export function SignedIn() {
  useEffect(loadAhead, [])
  return (
    <Queries>
      <DraftKeeper />
      <Outlet />
    </Queries>
  )
}
