import type { SegmentPlan } from './segment-plan.ts'

/** Mean length of a month in days. */
const MONTH = 365.2425 / 12

/** 1 + place of the lifecycle stage someone is in after so many days as a customer; 0 when that is not known. */
export function lifecycleOf(tenureDays: number, stages: SegmentPlan['lifecycle']): number {
  if (!(tenureDays >= 0)) return 0
  let place = 0
  while (place < stages.length && tenureDays >= stages[place]!.months * MONTH) place += 1
  return place
}
