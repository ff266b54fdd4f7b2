import Stripe from 'stripe'
import { PaymentFailed, PaymentUnavailable } from './errors.ts'

/**
 * Runs calls to Stripe and gives their failures our own names. The SDK's errors carry headers and whole answers, so that
 * only what helps to find the cause goes on, without the key, whoever wrote it there.
 */
export function guardStripeCalls(secretKey: string): <T>(work: () => Promise<T>) => Promise<T> {
  return async (work) => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError)) throw error
      throw translate(error, secretKey)
    }
  }
}

/** Stripe does not know the thing, or no longer. */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === 'resource_missing'
}

function translate(error: Stripe.errors.StripeError, secretKey: string): Error {
  const cause = outline(error, secretKey)
  if (error instanceof Stripe.errors.StripeCardError) return new PaymentFailed(cause)
  // A request that Stripe finds wrong is a mistake of ours, or of the configuration: no use in trying again.
  return error instanceof Stripe.errors.StripeInvalidRequestError ? cause : new PaymentUnavailable(cause)
}

function outline(
  { type, code, statusCode, requestId, message }: Stripe.errors.StripeError,
  key: string,
): Error {
  const facts = [type, code, statusCode, requestId].filter((fact) => fact !== undefined).join(' ')
  return new Error(`Stripe: ${message.replaceAll(key, '[redacted]')} (${facts})`)
}
