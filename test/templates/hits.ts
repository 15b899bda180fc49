import { text } from '../../src/text.ts'
import { WHY_TEXTS } from '../../src/voice/why.ts'
import type { HitLine } from '../../templates/hits.ts'

const leaving = { wordClass: 'strong-churn', severity: 3 } as const

/** What is found in "不用退款了，下次我直接换 一 家。". */
export const HITS: readonly HitLine[] = [
  { ...leaving, term: '退款', written: '退款', counted: false, why: WHY_TEXTS.negated },
  { ...leaving, term: '换一家', written: '换 一 家', counted: true, why: null },
]

/** One of a company's own class, in words that say nothing. */
export function hitOf(told: string): HitLine {
  const own = text(told, told)
  return { ...leaving, term: told, written: told, own, severity: 2, counted: false, why: own }
}
