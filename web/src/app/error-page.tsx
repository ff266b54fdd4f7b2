import { useEffect } from 'react'
import { Button } from '../components/button.tsx'
import { PlainPage } from '../components/plain-page.tsx'
import { SupportAddress } from '../components/support-address.tsx'
import { untilReachable, useConnection } from '../lib/connection.ts'
import { commonText } from '../text/common.ts'
import { reloadIfStale } from './stale-release.ts'

const words = commonText.errorPage

/** Stands in for a page that failed to load or to render. */
export function ErrorPage() {
  const isUp = useConnection() === 'up'

  // Reloading without a connection would leave nothing of the app.
  useEffect(() => void untilReachable().then(reloadIfStale), [])

  if (!isUp) return <PlainPage title={words.title} lead={words.offlineLead} />
  return (
    <PlainPage title={words.title} lead={words.lead}>
      <Button look="primary" onClick={() => location.reload()}>
        {commonText.reload}
      </Button>
      <SupportAddress lead={words.support} />
    </PlainPage>
  )
}
