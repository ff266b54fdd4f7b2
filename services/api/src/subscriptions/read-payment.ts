import type { EnvReader } from '@finity/kit/env/read-env.ts'
import type { PaidPlan } from './plans.ts'

/** The first is sold; subscriptions at the others keep the plan. */
export type Prices = [string, ...string[]]

export type PaymentSettings =
  | { provider: 'manual' }
  | {
      provider: 'stripe'
      apiUrl: string
      prices: Record<PaidPlan, Prices>
      /** Where the app is: people come back to it after they paid. */
      frontendUrl: string
    }

export type PaymentSecrets = { stripeSecretKey: string; stripeWebhookSecret: string }

export function readPayment(env: EnvReader): PaymentSettings {
  const provider = env.choice('PAYMENT_PROVIDER', ['manual', 'stripe'], { default: 'manual' })
  if (provider === 'manual') return { provider }
  return {
    provider,
    apiUrl: env.url('STRIPE_API_URL', ['https:', 'http:'], { default: 'https://api.stripe.com' }),
    prices: { pro: readPrices(env, 'STRIPE_PRICE_PRO'), team: readPrices(env, 'STRIPE_PRICE_TEAM') },
    frontendUrl: env
      .url('FRONTEND_URL', ['https:', 'http:'], { example: 'https://app.example.com' })
      .replace(/\/+$/, ''),
  }
}

/** Empty without a provider that has any. */
export function readPaymentSecrets(env: EnvReader, { provider }: PaymentSettings): PaymentSecrets {
  if (provider === 'manual') return { stripeSecretKey: '', stripeWebhookSecret: '' }
  return {
    stripeSecretKey: env.text('STRIPE_SECRET_KEY', { example: 'sk_live_…' }),
    stripeWebhookSecret: env.text('STRIPE_WEBHOOK_SECRET', { example: 'whsec_…' }),
  }
}

function readPrices(env: EnvReader, name: string): Prices {
  const [sold = '', ...others] = env
    .text(name, { example: 'price_…' })
    .split(',')
    .map((price) => price.trim())
  return [sold, ...others.filter((price) => price !== '')]
}
