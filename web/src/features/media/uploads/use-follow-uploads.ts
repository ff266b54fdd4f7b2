import { useEffect, useEffectEvent } from 'react'
import { showNotice } from '../../../lib/notices.ts'
import { mediaText } from '../../../text/media.ts'
import { useRefreshMedia } from '../api/refresh-media.ts'
import { summarizeUploads } from './summarize-uploads.ts'
import { currentUploads, subscribeToUploads } from './upload-store.ts'

/** Wherever one is meanwhile: what was uploaded is in the lists, and the end of it all is said where it is not seen. */
export function useFollowUploads({ isInSight }: { isInSight: boolean }) {
  const refresh = useRefreshMedia()
  const compare = useEffectEvent((before: Progress, now: Progress) => {
    if (now.done > before.done) void refresh()
    const hasEnded = before.isRunning && !now.isRunning && now.done > 0
    if (hasEnded && !isInSight) showNotice(mediaText.upload.finished(now.done))
  })

  useEffect(() => {
    // Some may have ended while nobody followed, as between two sessions.
    let before: Progress = { done: 0, isRunning: false }
    const follow = () => {
      const now = summarizeUploads(currentUploads())
      compare(before, now)
      before = now
    }
    follow()
    return subscribeToUploads(follow)
  }, [])
}

type Progress = { done: number; isRunning: boolean }
