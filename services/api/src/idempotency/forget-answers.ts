import type { Context } from '../context.ts'
import { keptMs } from './answer-once.ts'

/** Removes answers that are too old to be given again. */
export async function forgetAnswers({ idempotency, clock }: Context): Promise<void> {
  await idempotency.forgetAnswers(new Date(clock().getTime() - keptMs))
}
