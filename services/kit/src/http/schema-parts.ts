import { z } from 'zod'

/** Text whose length counts characters (Unicode code points), as JSON Schema and PostgreSQL count them. */
export function textOf({ min = 0, max }: { min?: number; max: number }) {
  return z
    .string()
    .check((text) => {
      const length = countCharacters(text.value)
      const issue = { origin: 'string', inclusive: true, input: text.value } as const
      if (length < min) text.issues.push({ ...issue, code: 'too_small', minimum: min })
      if (length > max) text.issues.push({ ...issue, code: 'too_big', maximum: max })
    })
    .meta({ minLength: min, maxLength: max })
}

/** A whole number in a query string. */
export function integerInQuery({ min, max, fallback }: { min: number; max: number; fallback: number }) {
  return z
    .string()
    .check((text) => {
      if (/^\d{1,15}$/.test(text.value)) return
      text.issues.push({ code: 'invalid_format', format: 'integer', input: text.value })
    })
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .default(fallback)
    .meta({ type: 'integer', minimum: min, maximum: max, default: fallback })
}

/** Counts code points without building an array of them. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _character of text) count += 1
  return count
}
