import type { PaidPlan } from './plans.ts'

/** What a payment provider knows of one subscription. */
export type PaidSubscription = {
  id: string
  /** Null: for a price that is none of ours. */
  plan: PaidPlan | null
  status: 'active' | 'past_due' | 'ended'
  currentPeriodEnd: Date | null
  /** It ends by itself at the end of the paid time. */
  isEnding: boolean
}

/** The account as the provider knows it. */
export type Customer = {
  /** The account that the customer was made for. */
  accountId: string | null
  subscriptions: PaidSubscription[]
}

/** A signed message of the provider, as much of it as is kept. */
export type PaymentNotice = {
  id: string
  kind: string
  /** Whose subscription may have changed; null: nobody's. */
  customerId: string | null
  isRelevant: boolean
  payload: PaymentNoticeOutline
}

/** Personal data is left out: what happened to a subscription is asked for, never read from here. */
export type PaymentNoticeOutline = {
  type: string
  created: number | null
  livemode: boolean | null
  object: { object: string | null; id: string | null; status: string | null }
}

/** No money moves: superusers grant plans. */
export type ManualPayment = { provider: 'manual' }

/** Every call throws PaymentUnavailable while the provider is away. Calls may be repeated without harm. */
export type OnlinePayment = {
  provider: 'stripe'
  /** `attempt` tells a customer that replaces a lost one from the same customer, asked for twice. */
  createCustomer: (accountId: string, attempt: string) => Promise<string>
  /** Null: the provider has no such customer any more. */
  readCustomer: (customerId: string) => Promise<Customer | null>
  /** The address of a page to pay at; earlier ones of the customer no longer work. */
  openCheckout: (customerId: string, accountId: string, plan: PaidPlan) => Promise<string>
  /** The address of a page for cards and invoices. */
  openPortal: (customerId: string) => Promise<string>
  /** The difference is paid at once, or PaymentFailed. */
  changePlan: (subscriptionId: string, plan: PaidPlan) => Promise<void>
  endLater: (subscriptionId: string) => Promise<void>
  keep: (subscriptionId: string) => Promise<void>
  /** Ends all that the customer pays for, or could still begin to, now. */
  endAll: (customerId: string) => Promise<void>
  /** Checks signature and age of a message, or throws SignatureInvalid. */
  readNotice: (body: Uint8Array, signature: string, now: Date) => PaymentNotice
}

/** The port to whoever takes the money. */
export type Payment = ManualPayment | OnlinePayment
