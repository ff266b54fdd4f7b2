import Stripe from 'stripe'
import { z } from 'zod'
import { AlreadySubscribed, EventUnreadable, SignatureInvalid } from './errors.ts'
import type { OnlinePayment } from './payment.ts'
import type { PaymentSecrets, PaymentSettings } from './read-payment.ts'
import { readStripeNotice } from './read-stripe-notice.ts'
import { readStripeSubscription } from './read-stripe-subscription.ts'
import { guardStripeCalls, isMissing } from './stripe-failures.ts'

type StripeSettings = Extract<PaymentSettings, { provider: 'stripe' }>

/** Of one call, all of it. The SDK tries once more, with the same idempotency key. */
const timeoutMs = 6_000

/** What somebody writes into the metadata of a customer by hand need not be one. */
const uuid = z.guid()

export function createStripePayment(
  { apiUrl, prices, frontendUrl }: StripeSettings,
  { stripeSecretKey, stripeWebhookSecret }: PaymentSecrets,
): OnlinePayment {
  const stripe = connect(apiUrl, stripeSecretKey)
  const call = guardStripeCalls(stripeSecretKey)

  return {
    provider: 'stripe',

    createCustomer: (accountId, attempt) =>
      call(async () => {
        const idempotencyKey = `customer-${accountId}-${attempt}`
        const made = await stripe.customers.create(
          { metadata: { account_id: accountId } },
          { idempotencyKey },
        )
        return made.id
      }),

    readCustomer: (customerId) =>
      call(async () => {
        const found = await stripe.customers
          .retrieve(customerId, { expand: ['subscriptions'] })
          .catch(nullIfMissing)
        if (found === null || found.deleted) return null
        const subscriptions = found.subscriptions?.data ?? []
        return {
          accountId: uuid.safeParse(found.metadata.account_id).data ?? null,
          subscriptions: subscriptions.map((subscription) => readStripeSubscription(subscription, prices)),
        }
      }),

    openCheckout: (customerId, accountId, plan) =>
      call(async () => {
        if (!(await closeCheckouts(stripe, customerId))) throw new AlreadySubscribed()
        const { url } = await stripe.checkout.sessions.create({
          mode: 'subscription',
          customer: customerId,
          client_reference_id: accountId,
          line_items: [{ price: prices[plan][0], quantity: 1 }],
          subscription_data: { metadata: { account_id: accountId } },
          success_url: `${frontendUrl}/billing?checkout=done`,
          cancel_url: `${frontendUrl}/billing?checkout=cancelled`,
        })
        if (!url) throw new Error('Stripe made a checkout session without an address')
        return url
      }),

    openPortal: (customerId) =>
      call(async () => {
        const returnUrl = `${frontendUrl}/billing`
        const session = await stripe.billingPortal.sessions.create({
          customer: customerId,
          return_url: returnUrl,
        })
        return session.url
      }),

    changePlan: (subscriptionId, plan) =>
      call(async () => {
        const { items } = await stripe.subscriptions.retrieve(subscriptionId)
        const known = Object.values(prices).flat()
        const item = items.data.find(({ price }) => known.includes(price.id))
        if (!item) throw new Error('the subscription has no price of a plan')
        await stripe.subscriptions.update(subscriptionId, {
          items: [{ id: item.id, price: prices[plan][0] }],
          // Without these, a dearer plan would begin before it is paid for.
          proration_behavior: 'always_invoice',
          payment_behavior: 'error_if_incomplete',
        })
      }),

    endLater: (subscriptionId) =>
      call(async () => {
        await stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: true })
      }),

    keep: (subscriptionId) =>
      call(async () => {
        const { cancel_at_period_end } = await stripe.subscriptions.retrieve(subscriptionId)
        // Stripe's own portal sets a date instead; the two cannot be set in one call.
        const change = cancel_at_period_end ? { cancel_at_period_end: false } : { cancel_at: '' as const }
        await stripe.subscriptions.update(subscriptionId, change)
      }),

    endAll: (customerId) =>
      call(async () => {
        await closeCheckouts(stripe, customerId).catch(nullIfMissing)
        const found = await stripe.subscriptions
          .list({ customer: customerId, limit: 100 })
          .catch(nullIfMissing)
        for (const { id } of found?.data ?? []) await stripe.subscriptions.cancel(id).catch(nullIfMissing)
      }),

    readNotice: (body, signature, now) =>
      readStripeNotice(checkSignature(stripe, body, signature, stripeWebhookSecret, now)),
  }
}

function connect(apiUrl: string, key: string): Stripe {
  const { protocol, hostname, port } = new URL(apiUrl)
  const isPlain = protocol === 'http:'
  return new Stripe(key, {
    host: hostname,
    port: port || (isPlain ? 80 : 443),
    protocol: isPlain ? 'http' : 'https',
    // Its time limit is for the whole call; that of the SDK's default client begins anew with each byte.
    httpClient: Stripe.createFetchHttpClient(),
    timeout: timeoutMs,
    maxNetworkRetries: 1,
    telemetry: false,
  })
}

/** The event as it was signed. The SDK refuses old ones, too. */
function checkSignature(
  stripe: Stripe,
  body: Uint8Array,
  signature: string,
  secret: string,
  now: Date,
): unknown {
  try {
    return stripe.webhooks.constructEvent(body, signature, secret, undefined, undefined, now.getTime())
  } catch (error) {
    throw error instanceof SyntaxError ? new EventUnreadable(error) : new SignatureInvalid(error)
  }
}

/** An account with two open pages could pay twice. False when one of them was paid just now. */
async function closeCheckouts(stripe: Stripe, customerId: string): Promise<boolean> {
  const open = await stripe.checkout.sessions.list({ customer: customerId, status: 'open', limit: 100 })
  const closed = open.data.map(({ id }) => stripe.checkout.sessions.expire(id).then(() => true, falseIfPaid))
  return (await Promise.all(closed)).every(Boolean)
}

function falseIfPaid(error: unknown): false {
  if (error instanceof Stripe.errors.StripeInvalidRequestError) return false
  throw error
}

function nullIfMissing(error: unknown): null {
  if (isMissing(error)) return null
  throw error
}
