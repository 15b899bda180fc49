import type { Range, Ranges } from '../features/ranges.ts'
import { minorDigits } from '../records/money.ts'
import { bad, type Refused } from '../records/parsed.ts'
import type { AttributeValue, EventRecord } from '../records/record.ts'

/** Numbers that no row can mean, by the profile's ranges: a health score of 850, an odometer below nothing. */

/** Why an event's numbers cannot be; null: they can. */
export function strangeEvent(
  { kind, amount, quantity, duration }: Pick<EventRecord, 'kind' | 'amount' | 'quantity' | 'duration'>,
  { kinds }: Ranges,
): Refused | null {
  const ranges = kinds.get(kind)
  if (ranges === undefined) return null
  const whole = amount === undefined ? 1 : 10 ** minorDigits(amount.currency)
  return (
    outside(`${kind}.amount`, amount?.minor, ranges.amount, whole) ??
    outside(`${kind}.quantity`, quantity, ranges.quantity) ??
    outside(`${kind}.duration`, duration, ranges.duration)
  )
}

/** Why an attribute cannot be; null: they all can. Only numbers have a range. */
export function strangeAttribute(
  attributes: Readonly<Record<string, AttributeValue>>,
  ranges: Ranges,
): Refused | null {
  for (const [name, value] of Object.entries(attributes)) {
    const strange = typeof value === 'number' ? outside(name, value, ranges.attributes.get(name)) : null
    if (strange !== null) return strange
  }
  return null
}

/** `whole`: how many of the value's units people call one. */
function outside(
  what: string,
  value: number | undefined,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Range = {},
  whole = 1,
): Refused | null {
  if (value === undefined || (value >= min && value <= max)) return null
  const [shown, bound] = [value / whole, (value < min ? min : max) / whole]
  return bad(
    `${what} 为 ${shown}，${value < min ? '低于最小值' : '超过最大值'} ${bound}；请修正这一行，确实会有的话请放宽行业配置里的 \`range\``,
    `${what} ${shown} is ${value < min ? 'below the least' : 'above the most'} it can be, ${bound}; correct the row, or widen \`range\` in the profile if it can`,
  )
}
