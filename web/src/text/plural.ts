import { commonText } from './common.ts'

const rules = new Intl.PluralRules(commonText.locale)
const numbers = new Intl.NumberFormat(commonText.locale)

/** A number with its noun. */
export function countOf(count: number, one: string, other: string): string {
  return `${numbers.format(count)} ${rules.select(count) === 'one' ? one : other}`
}
