import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { integerInQuery } from '@finity/kit/http/schema-parts.ts'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireSession } from '../sessions/require-account.ts'
import type { SecurityEvent } from './event-store.ts'

const event = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    at: z.string(),
    device: z.string(),
    address: z.string(),
    by_admin: z.boolean(),
  })
  .meta({ title: 'SecurityEvent' })

const eventPage = z
  .object({ items: z.array(event), next: z.uuid().nullable() })
  .meta({ title: 'SecurityEventPage' })

const pageQuery = z.object({
  before: z.uuid().optional(),
  limit: integerInQuery({ min: 1, max: 100, fallback: 50 }),
})

export function eventRoutes(context: Context): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/auth/security-events',
    operationId: 'listSecurityEvents',
    summary: "What happened to the account's security, newest first",
    tag: 'security events',
    guard: requireSession(context),
    query: pageQuery,
    answers: { 200: { description: 'A page; `next` is the `before` of the next one', schema: eventPage } },
    handler: async ({ principal, query }) => {
      const page = { limit: query.limit, ...(query.before !== undefined && { before: query.before }) }
      const events = await context.events.listEvents(principal.account.id, page)
      const next = events.length === query.limit ? (events.at(-1)?.id ?? null) : null
      return { status: 200, body: { items: events.map(toEvent), next } }
    },
  })
  return [list]
}

function toEvent({ id, kind, createdAt, device, address, actorId }: SecurityEvent): z.input<typeof event> {
  // An administrator's whereabouts are not the account's business.
  const whereabouts = actorId === null ? { device, address } : { device: '', address: '' }
  return { id, kind, at: createdAt.toISOString(), ...whereabouts, by_admin: actorId !== null }
}
