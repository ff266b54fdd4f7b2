import {
  type Counter,
  createMetrics,
  type Histogram,
  type Metrics,
} from '@finity/kit/metrics/create-metrics.ts'

export type AuthMetrics = Metrics & {
  signIns: Counter<'result'>
  refreshes: Counter<'result'>
  mails: Counter<'result'>
  /** Seconds from the wish for a hash to the hash, the wait included. */
  passwordHashes: Histogram<'operation'>
}

export type Watched = { hashesWaiting: () => number; mailsWaiting: () => Promise<number> }

export function createAuthMetrics({ hashesWaiting, mailsWaiting }: Watched): AuthMetrics {
  const metrics = createMetrics('auth')
  metrics.watch({
    name: 'auth_password_hash_queue',
    help: 'Hashes that wait for a core',
    read: hashesWaiting,
  })
  metrics.watch({ name: 'auth_mails_waiting', help: 'Mails in the outbox', read: mailsWaiting })
  return {
    ...metrics,
    signIns: metrics.counter({
      name: 'auth_sign_ins_total',
      help: 'Sign-ins by result: ok, refused, unverified, limited',
      labelNames: ['result'],
    }),
    refreshes: metrics.counter({
      name: 'auth_refreshes_total',
      help: 'Refreshes by result: ok, refused, reused',
      labelNames: ['result'],
    }),
    mails: metrics.counter({
      name: 'auth_mails_total',
      help: 'Mails by result: sent, failed, given-up',
      labelNames: ['result'],
    }),
    passwordHashes: metrics.histogram({
      name: 'auth_password_hash_seconds',
      help: 'Time of password hashes, waiting included',
      labelNames: ['operation'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    }),
  }
}
