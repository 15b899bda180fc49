import type { FeatureMatrix } from '../features/kernel.ts'
import type { Profile } from '../features/profile.ts'
import type { SegmentPlan } from '../features/segment-plan.ts'
import type { Facts, History } from '../timeline/history.ts'
import type { Shares } from './told.ts'

/** Everyone's history at one instant, as the timeline hands it out. */
export interface HistoriesAt {
  readonly asOf: number
  readonly size: number
  readonly facts: Facts
  readonly horizon: number
  readonly features: FeatureMatrix
  /** Everyone's places, those next to each other whose rows are: who goes by it finds most of them in the cache. */
  readonly near: readonly Int32Array[]
  /** Threads that can judge beside this one; null: there are too few customers to ask them. */
  readonly shares: Shares | null
  indexOf(customer: string): number | undefined
  history(index: number): History
}

/** Finds a customer's history by their id; null when unknown. */
export function historyIn({ indexOf, history }: HistoriesAt): (customer: string) => History | null {
  return (customer) => {
    const index = indexOf(customer)
    return index === undefined ? null : history(index)
  }
}

/** The industry, and how its customers are sorted; without a plan they are sorted by the value tier the CRM declares. */
export interface Yardstick {
  readonly profile: Profile
  readonly plan?: SegmentPlan
}
