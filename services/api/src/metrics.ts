import {
  type Counter,
  createMetrics,
  type Histogram,
  type Metrics,
} from '@finity/kit/metrics/create-metrics.ts'
import type { JobRecordStore } from './jobs/job-record-store.ts'

export type ApiMetrics = Metrics & {
  jobs: Counter<'kind' | 'result'>
  jobDuration: Histogram<'kind'>
  paymentEvents: Counter<'result'>
  subscriptionSyncs: Counter<'result'>
}

export function createApiMetrics(jobRecords: JobRecordStore): ApiMetrics {
  const metrics = createMetrics('api')
  metrics.watch({
    name: 'api_jobs',
    help: 'Background jobs by kind and state: waiting, active, failed',
    labelNames: ['kind', 'state'],
    read: async () =>
      (await jobRecords.countJobs()).flatMap(({ kind, ...states }) =>
        Object.entries(states).map(([state, value]) => ({ labels: { kind, state }, value })),
      ),
  })
  metrics.watch({
    name: 'api_dead_letters',
    help: 'Jobs that failed every time and wait for a decision',
    read: jobRecords.countDeadLetters,
  })
  return {
    ...metrics,
    jobs: metrics.counter({
      name: 'api_jobs_total',
      help: 'Attempts at background jobs by kind and result: done, failed',
      labelNames: ['kind', 'result'],
    }),
    jobDuration: metrics.histogram({
      name: 'api_job_duration_seconds',
      help: 'Time of an attempt at a background job',
      labelNames: ['kind'],
      buckets: [0.01, 0.05, 0.25, 1, 5, 30, 120, 600],
    }),
    paymentEvents: metrics.counter({
      name: 'api_payment_events_total',
      help: 'Events of the payment provider by result: recorded, ignored, duplicate, refused',
      labelNames: ['result'],
    }),
    subscriptionSyncs: metrics.counter({
      name: 'api_subscription_syncs_total',
      help: 'Answers of the payment provider by result: written, outdated, nothing, unknown_account, other_account, deleted_account',
      labelNames: ['result'],
    }),
  }
}
