export const planNames = ['free', 'pro', 'team'] as const

export type PlanName = (typeof planNames)[number]

export const paidPlans = ['pro', 'team'] as const satisfies PlanName[]

export type PaidPlan = (typeof paidPlans)[number]

/** Null: no limit. */
export type PlanLimits = {
  documents: number | null
  storageBytes: number | null
  /** Of one file. */
  uploadBytes: number
}

export type Plan = {
  name: PlanName
  label: string
  /** As people read it; null: nothing is said about the price. */
  priceLabel: string | null
  limits: PlanLimits
}

export type Plans = Record<PlanName, Plan>

const megabyte = 1_000_000
const gigabyte = 1_000 * megabyte

/** The setting PLANS changes any part of them. */
export const defaultPlans: Plans = {
  free: {
    name: 'free',
    label: 'Free',
    priceLabel: null,
    limits: { documents: 100, storageBytes: 500 * megabyte, uploadBytes: 25 * megabyte },
  },
  pro: {
    name: 'pro',
    label: 'Pro',
    priceLabel: null,
    limits: { documents: 10_000, storageBytes: 50 * gigabyte, uploadBytes: 500 * megabyte },
  },
  team: {
    name: 'team',
    label: 'Team',
    priceLabel: null,
    limits: { documents: null, storageBytes: 500 * gigabyte, uploadBytes: 5 * gigabyte },
  },
}
