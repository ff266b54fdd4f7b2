/** Every kind of background work, with what a job of it is told. */
export type JobData = {
  /** Makes the smaller pictures of a picture. */
  'make-variants': { mediaId: string }
  /** Removes the bytes of media that are gone for good, of uploads that never ended, and files without a row. */
  'sweep-media': Record<string, never>
  /** Removes documents that have been in the trash for long enough. */
  'empty-trash': Record<string, never>
  /** Brings a subscription to what the payment provider says it is now. */
  'sync-subscription': { customerId: string }
  /** Asks for subscriptions that should have been renewed and were not, should an event never have come. */
  'check-subscriptions': Record<string, never>
  /** Removes all that belonged to an account. */
  'erase-account': { accountId: string }
  /** Removes idempotency keys and payment events that are too old to be asked for. */
  'forget-old-requests': Record<string, never>
}

export type JobKind = keyof JobData

type JobRules = {
  /** How often a failed job is tried again, a little later each time, before it goes to the dead letters. */
  retryLimit: number
  /** After this an attempt counts as failed. */
  expireInSeconds: number
  /** How many of a kind one process does at once. */
  concurrency: number
  /** When it comes by itself: a cron expression, in UTC. */
  schedule?: string
}

export const jobRules: Record<JobKind, JobRules> = {
  'make-variants': { retryLimit: 4, expireInSeconds: 120, concurrency: 1 },
  'sweep-media': { retryLimit: 2, expireInSeconds: 600, concurrency: 1, schedule: '*/10 * * * *' },
  'empty-trash': { retryLimit: 2, expireInSeconds: 600, concurrency: 1, schedule: '17 * * * *' },
  'sync-subscription': { retryLimit: 30, expireInSeconds: 60, concurrency: 2 },
  'check-subscriptions': { retryLimit: 2, expireInSeconds: 60, concurrency: 1, schedule: '37 * * * *' },
  'erase-account': { retryLimit: 20, expireInSeconds: 300, concurrency: 1 },
  'forget-old-requests': { retryLimit: 2, expireInSeconds: 300, concurrency: 1, schedule: '47 3 * * *' },
}

export const jobKinds = Object.keys(jobRules) as JobKind[]

/** Where jobs go that failed every time. */
export const deadLetters = 'dead-letters'
