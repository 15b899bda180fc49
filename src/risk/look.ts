import { segmentsOf } from '../features/segment.ts'
import type { Text } from '../text.ts'
import type { Facts } from '../timeline/history.ts'
import type { HistoriesAt, Yardstick } from './snapshot.ts'

/** Everyone's numbers at one instant, judged by nobody. */
export interface Look {
  readonly facts: Facts
  /** The number of a feature of facts[index]; NaN when unknown. */
  feature(index: number, name: string): number
  /** The classes customers are sorted into; empty where the profile declares none. */
  readonly segments: readonly SegmentName[]
  /** Null: not known. */
  segmentOf(customer: string): SegmentName | null
}

export interface SegmentName {
  readonly name: string
  readonly label: Text
}

export function lookAt({ facts, features, indexOf }: HistoriesAt, { profile, plan }: Yardstick): Look {
  const sorted =
    plan === undefined || profile.segments === undefined
      ? null
      : segmentsOf({ profile, plan, facts, matrix: features })
  return {
    facts,
    feature: (index, name) => {
      const column = features.index.get(name)
      return column === undefined ? Number.NaN : features.row(index)[column]!
    },
    segments: sorted === null ? [] : plan!.rfm.classes,
    segmentOf: (customer) => {
      const index = indexOf(customer)
      return index === undefined ? null : (sorted?.rfmClass(index) ?? null)
    },
  }
}
