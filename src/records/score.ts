import { parseNumber } from './decimal.ts'
import { bad, good, type Parsed, quoted } from './parsed.ts'

/** Scales a source may rate on; all are brought to 0-10 in proportion. */
export const SCALES = [5, 7, 10, 100] as const
export type Scale = (typeof SCALES)[number]

/** On 1-5 and 1-7 scales a zero means "not rated" and would read as fury if it were kept. */
const LOWEST: Readonly<Record<Scale, number>> = { 5: 1, 7: 1, 10: 0, 100: 0 }

/** A rating, CSAT or CES on its own scale, brought to 0-10 (five stars x 2). Out of range is refused. */
export function parseRating(what: string, words: string, scale: Scale): Parsed<number> {
  const number = parseNumber(what, words)
  if ('reason' in number) return number
  const lowest = LOWEST[scale]
  if (number.value < lowest || number.value > scale) {
    return bad(
      `${what} ${quoted(words)} 不在 ${lowest}-${scale} 之内；请改正这一行或映射的 \`scale\``,
      `${what} ${quoted(words)} is outside ${lowest}-${scale}; correct the row or the mapping's \`scale\``,
    )
  }
  return good((number.value * 10) / scale)
}

/** NPS: a whole number from 0 to 10. */
export function parseNps(what: string, words: string): Parsed<number> {
  const number = parseNumber(what, words)
  if ('reason' in number) return number
  if (!Number.isInteger(number.value) || number.value < 0 || number.value > 10) {
    return bad(
      `${what} ${quoted(words)} 不是 0 到 10 的整数`,
      `${what} ${quoted(words)} is not a whole number from 0 to 10`,
    )
  }
  return number
}
