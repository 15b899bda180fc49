/** Rows of one look at a source: how many, how many of them bad, and the first reasons against them with their places. */
export interface Soundness {
  readonly rows: number
  readonly bad: number
  readonly reasons: readonly string[]
}

/** With more bad rows than this share, it is the data as a whole or the mapping that is wrong. */
const MOST_BAD = 0.2
const LEAST_BAD = 5
/** Reasons that are said. */
export const REASONS = 3

/** Why nothing may be taken from what was looked at; null: its rows are sound. */
export function unsoundness({ rows, bad, reasons }: Soundness): string | null {
  if (bad < LEAST_BAD || bad <= rows * MOST_BAD) return null
  return (
    `has ${bad} unusable rows of ${rows} (more than ${MOST_BAD * 100}%), so nothing was taken from it. ` +
    `First reasons: ${reasons.join('; ')}. Correct the data or its mapping`
  )
}
