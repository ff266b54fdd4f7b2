import { PaymentNotConfigured } from './errors.ts'
import type { OnlinePayment, Payment } from './payment.ts'
import type { PaymentSecrets, PaymentSettings } from './read-payment.ts'
import { createStripePayment } from './stripe-payment.ts'

export function createPayment(settings: PaymentSettings, secrets: PaymentSecrets): Payment {
  return settings.provider === 'stripe' ? createStripePayment(settings, secrets) : { provider: 'manual' }
}

/** The provider that takes money, or PaymentNotConfigured. */
export function requireOnline(payment: Payment): OnlinePayment {
  if (payment.provider === 'manual') throw new PaymentNotConfigured()
  return payment
}
