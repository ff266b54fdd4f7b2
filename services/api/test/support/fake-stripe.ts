import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Served, serveApp } from '@finity/kit/testing/serve-app.ts'
import Stripe from 'stripe'
import { afterAll } from 'vitest'
import { prices, StripeRefusal } from './stripe-objects.ts'
import { createStripeState, type Form, type StripeState } from './stripe-state.ts'

type Call = { method: string; path: string; form: Form; idempotencyKey: string | undefined }

/** How Stripe is away: it cuts connections, or answers 500, or echoes what it was sent as an error. */
type Trouble = 'cut' | 'failing' | 'echo'

export type FakeStripe = Served &
  StripeState & {
    /** What makes the service use it. */
    environment: Record<string, string>
    calls: () => Call[]
    setTrouble: (trouble: Trouble | null) => void
    /** The next question for a customer is answered with what is true when it comes, but only when released. */
    holdAnswer: () => { asked: Promise<void>; release: () => void }
  }

export const secretKey = 'sk_test_51MadeForTestsAndKnownToNobody'
export const webhookSecret = 'whsec_made_for_tests'

/** A stand-in for Stripe: its wire format over HTTP, for the calls that the service makes. For the top of a file. */
export async function aFakeStripe(): Promise<FakeStripe> {
  const state = createStripeState()
  const calls: Call[] = []
  const answered = new Map<string, { request: string; answer: unknown }>()
  let trouble: Trouble | null = null
  let held: { asked: () => void; released: Promise<void> } | null = null

  /** A key that was used before gets the answer of then. https://docs.stripe.com/api/idempotent_requests */
  function answerOnce({ method, path, form, idempotencyKey }: Call): unknown {
    if (!idempotencyKey) return state.answer(method, path, form)
    const request = JSON.stringify([method, path, ...form])
    const before = answered.get(idempotencyKey)
    if (before && before.request !== request)
      throw new StripeRefusal(400, 'idempotency_error', 'Keys for idempotent requests can only be used …')
    const answer = before?.answer ?? structuredClone(state.answer(method, path, form))
    answered.set(idempotencyKey, { request, answer })
    return answer
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request)
    calls.push(call)
    if (trouble === 'cut') return void request.socket.destroy()
    const { status, body } = attempt(() => {
      const { authorization } = request.headers
      if (trouble === 'failing') throw new StripeRefusal(500, 'api_error', 'Something went wrong')
      if (trouble === 'echo') throw new StripeRefusal(500, 'api_error', `You sent ${authorization}`)
      if (authorization !== `Bearer ${secretKey}`)
        throw new StripeRefusal(401, 'invalid_request_error', `Invalid API Key provided: ${authorization}`)
      return answerOnce(call)
    })
    const holding = call.path.startsWith('customers/') ? held : null
    if (holding) {
      held = null
      holding.asked()
      await holding.released
    }
    response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_test' })
    response.end(body)
  }

  const served = await serveApp((request, response) => void serve(request, response))
  afterAll(served.close)
  return {
    ...served,
    ...state,
    environment: {
      PAYMENT_PROVIDER: 'stripe',
      STRIPE_API_URL: served.url,
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_PRICE_PRO: `${prices.pro}, ${prices.oldPro}`,
      STRIPE_PRICE_TEAM: prices.team,
      FRONTEND_URL: 'https://app.test/',
    },
    calls: () => calls,
    setTrouble: (next) => {
      trouble = next
    },
    holdAnswer: () => {
      const asked = Promise.withResolvers<void>()
      const released = Promise.withResolvers<void>()
      held = { asked: asked.resolve, released: released.promise }
      return { asked: asked.promise, release: released.resolve }
    },
  }
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? '', 'http://stripe.test')
  const key = request.headers['idempotency-key']
  return {
    method: request.method ?? '',
    path: url.pathname.replace('/v1/', ''),
    form: new Map([...url.searchParams, ...new URLSearchParams(await text(request))]),
    idempotencyKey: Array.isArray(key) ? key[0] : key,
  }
}

function attempt(work: () => unknown): { status: number; body: string } {
  try {
    return { status: 200, body: JSON.stringify(work()) }
  } catch (error) {
    if (!(error instanceof StripeRefusal)) throw error
    return { status: error.status, body: JSON.stringify({ error: error.error }) }
  }
}

export type EventParts = { id?: string; type?: string; object?: Record<string, unknown> }

/** The body of an event, as Stripe sends it. */
export function anEvent(customer: string, { id, type, object }: EventParts = {}): string {
  return JSON.stringify(
    {
      id: id ?? `evt_${crypto.randomUUID().replaceAll('-', '')}`,
      object: 'event',
      api_version: '2026-10-28.endive',
      created: Math.floor(Date.now() / 1_000),
      type: type ?? 'customer.subscription.updated',
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      data: { object: object ?? { id: 'sub_1', object: 'subscription', customer, status: 'active' } },
    },
    null,
    2,
  )
}

/** The Stripe-Signature header of a body. */
export function signatureOf(
  payload: string,
  { secret = webhookSecret, sentAt = new Date() }: { secret?: string; sentAt?: Date } = {},
): string {
  const timestamp = Math.floor(sentAt.getTime() / 1_000)
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp })
}
