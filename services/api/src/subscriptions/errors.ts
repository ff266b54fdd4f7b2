import { AppError } from '@finity/kit/http/app-error.ts'
import { ServiceUnavailable } from '@finity/kit/http/http-errors.ts'
import type { PlanName } from './plans.ts'

export type PlanLimit = {
  limit: 'documents' | 'storage_bytes'
  plan: PlanName
  allowed: number | null
  used: number
}

/** The plan has no room for what would be added. What is there stays. */
export class PlanLimitReached extends AppError {
  constructor(reached: PlanLimit) {
    super(403, 'PLAN_LIMIT_REACHED', { fields: reached })
  }
}

export class PaymentNotConfigured extends AppError {
  constructor() {
    super(409, 'PAYMENT_NOT_CONFIGURED')
  }
}

export class NoSubscription extends AppError {
  constructor() {
    super(409, 'NO_SUBSCRIPTION')
  }
}

export class AlreadySubscribed extends AppError {
  constructor() {
    super(409, 'ALREADY_SUBSCRIBED')
  }
}

export class NotCancelled extends AppError {
  constructor() {
    super(409, 'NOT_CANCELLED')
  }
}

/** A grant would hide what the account pays for. */
export class PaidByStripe extends AppError {
  constructor() {
    super(409, 'PAID_BY_STRIPE')
  }
}

/** 402: the card was refused. Nothing changed. */
export class PaymentFailed extends AppError {
  constructor(cause: unknown) {
    super(402, 'PAYMENT_FAILED', { cause })
  }
}

const retryAfterSeconds = 30

export class PaymentUnavailable extends ServiceUnavailable {
  constructor(cause: unknown) {
    super('PAYMENT_UNAVAILABLE', retryAfterSeconds, cause)
  }
}

/** The message is not the provider's, not for this service, or too old. */
export class SignatureInvalid extends AppError {
  constructor(cause: unknown) {
    super(400, 'SIGNATURE_INVALID', { cause })
  }
}

/** Signed, but no event. */
export class EventUnreadable extends AppError {
  constructor(cause: unknown) {
    super(400, 'EVENT_UNREADABLE', { cause })
  }
}

export class PaymentEventNotFound extends AppError {
  constructor() {
    super(404, 'PAYMENT_EVENT_NOT_FOUND')
  }
}

export class AccountNotFound extends AppError {
  constructor() {
    super(404, 'ACCOUNT_NOT_FOUND')
  }
}
