import type { EnvReader } from '@finity/kit/env/read-env.ts'
import { z } from 'zod'
import { defaultPlans, type Plan, type Plans, planNames } from './plans.ts'

const count = z.int().min(0).max(2_000_000_000)
const bytes = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

const changes = z.strictObject({
  label: z.string().min(1).max(60).optional(),
  price_label: z.string().min(1).max(60).nullable().optional(),
  documents: count.nullable().optional(),
  storage_bytes: bytes.nullable().optional(),
  upload_bytes: bytes.optional(),
})

const settings = z.partialRecord(z.enum(planNames), changes)

/** The default plans with the parts that PLANS changes, a JSON object such as {"pro":{"documents":5000}}. */
export function readPlans(env: EnvReader): Plans {
  const changed = parseSettings(env)
  const plans = planNames.map((name) => [name, changePlan(defaultPlans[name], changed[name] ?? {})])
  return Object.fromEntries(plans) as Plans
}

function parseSettings(env: EnvReader): z.output<typeof settings> {
  try {
    return settings.parse(JSON.parse(env.optional('PLANS') ?? '{}'))
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined
    const place = issue?.path.length ? ` (${issue.path.join('.')}: ${issue.message})` : ''
    env.fault(
      'PLANS',
      `must be a JSON object of plans and their limits${place}`,
      '{"pro":{"documents":5000}}',
    )
    return {}
  }
}

/** Null is a value here: no limit. */
function changePlan(plan: Plan, change: z.output<typeof changes>): Plan {
  const {
    label,
    price_label: priceLabel,
    documents,
    storage_bytes: storageBytes,
    upload_bytes: uploadBytes,
  } = change
  return {
    name: plan.name,
    label: label ?? plan.label,
    priceLabel: or(priceLabel, plan.priceLabel),
    limits: {
      documents: or(documents, plan.limits.documents),
      storageBytes: or(storageBytes, plan.limits.storageBytes),
      uploadBytes: uploadBytes ?? plan.limits.uploadBytes,
    },
  }
}

function or<T>(changed: T | undefined, otherwise: T): T {
  return changed === undefined ? otherwise : changed
}
