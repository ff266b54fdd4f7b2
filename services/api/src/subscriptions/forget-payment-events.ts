import type { Context } from '../context.ts'

const daysKept = 400

/** Removes events that nobody will ask for any more. */
export function forgetPaymentEvents({ paymentEvents, clock }: Context): Promise<number> {
  return paymentEvents.forgetBefore(new Date(clock().getTime() - daysKept * 86_400_000))
}
