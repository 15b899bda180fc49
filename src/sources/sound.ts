import { inBoth, type Text, text } from '../text.ts'

/** Rows of one look at a source: how many, how many of them bad, and the first reasons against them with their places. */
export interface Soundness {
  readonly rows: number
  readonly bad: number
  readonly reasons: readonly Text[]
}

/** With more bad rows than this share, it is the data as a whole or the mapping that is wrong. */
const MOST_BAD = 0.2
const LEAST_BAD = 5
/** Reasons that are said. */
export const REASONS = 3

/** Why nothing may be taken from what was looked at; null: its rows are sound. */
export function unsoundness({ rows, bad, reasons }: Soundness): Text | null {
  if (bad < LEAST_BAD || bad <= rows * MOST_BAD) return null
  const { zh, en } = joined(reasons)
  return text(
    `${rows} 行里有 ${bad} 行不能用（超过 ${MOST_BAD * 100}%），因此整个没有采用。最先几个原因：${zh}。请修正数据或映射`,
    `has ${bad} unusable rows of ${rows} (more than ${MOST_BAD * 100}%), so nothing was taken from it. First reasons: ${en}. Correct the data or its mapping`,
  )
}

/** Reasons one after the other. */
export function joined(reasons: readonly Text[]): Text {
  return inBoth((locale) => reasons.map((reason) => reason[locale]).join(locale === 'zh' ? '；' : '; '))
}
