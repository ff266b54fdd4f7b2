import { useEffect } from 'react'
import { Button } from '../components/button.tsx'
import { PlainPage } from '../components/plain-page.tsx'
import { text } from '../lib/text.ts'
import { reloadIfStale } from './stale-release.ts'

/** Stands in for a page that failed to load or to render. */
export function ErrorPage() {
  useEffect(reloadIfStale, [])
  return (
    <PlainPage title={text.errorPage.title} lead={text.errorPage.lead}>
      <Button look="primary" onClick={() => location.reload()}>
        {text.app.reload}
      </Button>
    </PlainPage>
  )
}
