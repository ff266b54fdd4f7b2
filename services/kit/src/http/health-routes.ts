import { z } from 'zod'
import type { Lifecycle } from '../process/lifecycle.ts'
import { withinTime } from '../process/within-time.ts'
import { defineRoute, type Route } from './define-route.ts'
import { ServiceUnavailable } from './http-errors.ts'

/** Resolves when the dependency answers, rejects when it does not. */
export type ReadinessCheck = () => Promise<unknown>

export type Readiness = { lifecycle: Lifecycle; checks: Record<string, ReadinessCheck>; timeoutMs?: number }

/** /health says that the process is alive; /ready that what it depends on answers and that it is not leaving. */
export function healthRoutes(readiness: Readiness): Route[] {
  // Anyone may ask, and as often as they like: who asks meanwhile hears the same.
  let asking: Promise<void> | undefined
  const health = defineRoute({
    method: 'get',
    path: '/health',
    operationId: 'getHealth',
    summary: 'Whether the process is alive',
    tag: 'health',
    answers: { 200: { description: 'Alive', schema: z.object({ status: z.literal('ok') }) } },
    handler: async () => ({ status: 200, body: { status: 'ok' as const } }),
  })
  const ready = defineRoute({
    method: 'get',
    path: '/ready',
    operationId: 'getReadiness',
    summary: 'Whether the service can do its work now',
    tag: 'health',
    answers: { 200: { description: 'Ready', schema: z.object({ status: z.literal('ready') }) } },
    faults: { 503: ['DRAINING', 'NOT_READY'] },
    handler: async () => {
      if (readiness.lifecycle.isDraining) throw new ServiceUnavailable('DRAINING', 1)
      asking ??= requireAll(readiness).finally(() => {
        asking = undefined
      })
      await asking
      return { status: 200, body: { status: 'ready' as const } }
    },
  })
  return [health, ready]
}

async function requireAll({ checks, timeoutMs = 1_000 }: Readiness): Promise<void> {
  const names = Object.keys(checks)
  const outcomes = await Promise.allSettled(
    Object.values(checks).map((check) => withinTime(check, timeoutMs)),
  )
  const failed = outcomes.flatMap((outcome, index) =>
    outcome.status === 'rejected'
      ? [`${names[index]}: ${String(outcome.reason?.message ?? outcome.reason)}`]
      : [],
  )
  if (failed.length > 0) throw new ServiceUnavailable('NOT_READY', 1, new Error(failed.join('; ')))
}
