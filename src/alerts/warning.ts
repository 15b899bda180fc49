/**
 * When a warning is right, early, and by how much: one definition for what a company can see of itself afterwards and for
 * the demo, which knows the truth. Days are numbers on any one scale.
 */

/** Someone "leaves soon" when the day lies within so many days. */
export const SOON = 60

/** A customer's case, and the day they left; null: they stayed. */
export interface Warned {
  readonly opened: number
  readonly leaves: number | null
}

/** A warning is right when the customer leaves within 60 days, or has stopped coming and nobody knows it yet. */
export function isRight({ opened, leaves }: Warned): boolean {
  return leaves !== null && leaves <= opened + SOON
}

/** Days from the first warning to the day of leaving; negative: too late; null: there was no warning. */
export function leadOf(first: number | undefined, leaves: number): number | null {
  return first === undefined ? null : leaves - first
}

export const isInTime = (lead: number): boolean => lead > 0
