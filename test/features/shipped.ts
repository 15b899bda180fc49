import { readFileSync } from 'node:fs'
import { type FeatureList, featureList } from '../../src/features/feature-list.ts'
import { featuresOf } from '../../src/features/kernel.ts'
import { parentsOf } from '../../src/features/kind-tree.ts'
import { loadProfile } from '../../src/features/load-profile.ts'
import type { Profile } from '../../src/features/profile.ts'
import { loadSegmentPlan, type SegmentPlan } from '../../src/features/segment-plan.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { AS_OF, DAY, factsOf } from '../timeline/random-rows.ts'

export const SHIPPED = ['auto', 'retail', 'saas', 'finance', 'telecom'] as const

export function shippedSource(path: string): string {
  return readFileSync(new URL(`../../models/${path}`, import.meta.url), 'utf8')
}

export function shippedProfile(name: string): Profile {
  return loadProfile(shippedSource(`profiles/${name}.yaml`), `${name}.yaml`)
}

export function shippedPlan(): SegmentPlan {
  return loadSegmentPlan(shippedSource('segments.yaml'), 'segments.yaml')
}

/** Events of a kind, so many days before AS_OF. */
export function on(kind: string, days: readonly number[], more: Partial<TimelineRow> = {}): TimelineRow[] {
  return days.map((day) => ({ customer: 'ada', kind, at: AS_OF - day * DAY, id: `${kind}-${day}`, ...more }))
}

/** Reads one customer's features; every kind is measured, since somebody else did everything long ago. */
export function reader(list: FeatureList, rows: TimelineRow[], facts: Partial<CustomerFacts> = {}) {
  const parents = parentsOf(list.profile)
  const others = [...new Set([...list.kinds.map(({ kind }) => kind), ...parents.keys()])].map((kind) => ({
    ...{
      customer: 'bo',
      kind,
      at: AS_OF - 2_000 * DAY,
      id: `bo-${kind}`,
      amount: 1,
      quantity: 1,
      duration: 1,
    },
    ...{ rating: 5, nps: 5, csat: 5, ces: 5, sentiment: 0 },
  }))
  const columns = buildTimeline([factsOf('ada', 1, facts), factsOf('bo', 2)], [...rows, ...others], parents)
  const row = featuresOf(list, columns, 0, AS_OF)
  return (name: string): number => row[list.index.get(name) ?? -1] ?? Number.NaN
}

export const autoList = (): FeatureList => featureList(shippedProfile('auto'))
