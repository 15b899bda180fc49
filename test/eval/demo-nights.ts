import { readFileSync } from 'node:fs'
import { SOON } from '../../src/alerts/warning.ts'
import { DAY } from '../../src/clock.ts'
import { RIVALS } from '../../src/demo/brand.ts'
import { DEMO_START, dayNumber, dayOf, HISTORY_START, OPENING } from '../../src/demo/calendar.ts'
import { type Company, openCompany } from '../../src/demo/company.ts'
import { leavingDay } from '../../src/demo/foresight.ts'
import type { DayRows, FeedbackRow } from '../../src/demo/rows.ts'
import type { Columns } from '../../src/features/columns.ts'
import { type FeatureList, featureList } from '../../src/features/feature-list.ts'
import { computeFeatures } from '../../src/features/kernel.ts'
import { parentsOf } from '../../src/features/kind-tree.ts'
import { loadProfile } from '../../src/features/load-profile.ts'
import { openMood, openSegmentPlan } from '../../src/main/parts.ts'
import { shippedLexicon } from '../../src/main/shipped.ts'
import { PROFILES } from '../../src/paths.ts'
import type { Assessment } from '../../src/risk/assessment.ts'
import type { Forecaster } from '../../src/risk/forecaster.ts'
import { openScorer } from '../../src/risk/scorer.ts'
import { coldStartSignals } from '../../src/signals/index.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import { withSentiment } from '../../src/timeline/moods.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { historyOf } from '../../src/timeline/view.ts'
import { factsOf, rowsOf } from '../demo/as-timeline.ts'

const ZONE = 'Asia/Shanghai'
/** A silence is only known to be the last one after the profile's inactive days. */
export const SEEN = 180

/** Mornings of the demo company in memory, without database, jobs or staff; nobody speaks with anyone. */
export interface DemoNights {
  readonly company: Company
  readonly days: number
  readonly list: FeatureList
  /** Everything that happens until the last morning. */
  readonly columns: Columns
  /**
   * Everyone judged on a morning, days after the opening or, with what is known of them on it, before; `forecaster` null: by the
   * rules alone.
   */
  judge(day: number, forecaster: Forecaster | null): Promise<readonly Assessment[]>
  /** The day on which a customer leaves, as seen on a day; null: they stay. Days after the opening. */
  leaves(customer: string, seenOn: number): number | null
}

export async function demoNights(options: {
  seed: string
  days: number
  customers: number
  /** What happens besides. */
  besides?: (company: Company) => readonly TimelineRow[]
}): Promise<DemoNights> {
  const { days, besides = () => [] } = options
  const company = openCompany(options)
  const lived: DayRows[] = []
  const factsOn: CustomerFacts[][] = []
  for (let day = dayNumber(HISTORY_START); day < OPENING + days; day += 1) {
    lived.push(company.step(dayOf(day)))
    if (day >= OPENING - 1) factsOn.push(company.customers().map(factsOf))
  }
  const profile = loadProfile(readFileSync(`${PROFILES}/auto.yaml`, 'utf8'), 'auto.yaml')
  const list = featureList(profile, ZONE)
  const mood = openMood()
  const lexicon = shippedLexicon(RIVALS.flatMap(({ zh, en }) => [zh, en]))
  const plan = openSegmentPlan()
  const rows = [...lived.flatMap(rowsOf).map((row) => withSentiment(row, mood)), ...besides(company)]
  const columns = buildTimeline(factsOn.at(-1)!, rows, parentsOf(profile))
  const voices = voicesOf(lived)
  let facts: readonly CustomerFacts[] = columns.facts
  let forecaster: Forecaster | null = null
  const scorer = openScorer({
    ...{ profile, mood, plan },
    signals: ({ wordsDays }, background) => coldStartSignals(profile, lexicon, ZONE, wordsDays, background),
    forecaster: async () => forecaster,
    histories: {
      indexOf: () => {
        throw new Error('asked for a morning')
      },
      refresh: async () => {},
      history: () => {
        throw new Error('asked for a morning')
      },
      at: async (asOf) => {
        const seen = { ...columns, facts }
        const features = computeFeatures(list, seen, asOf)
        const index = new Map(facts.map(({ id }, at) => [id, at]))
        return {
          ...{ asOf, size: facts.length, facts, features, horizon: asOf },
          near: [Int32Array.from(facts.keys())],
          shares: null,
          indexOf: (customer) => index.get(customer),
          history: (at) => historyOf(seen, at, asOf, list, voices.get(facts[at]!.id) ?? [], features),
        }
      },
    },
  })
  const seenTo = OPENING + days + SOON + SEEN
  return {
    ...{ company, days, list, columns },
    leaves: (customer, seenOn) => {
      const footprints = company.foresee(customer, [], dayOf(seenTo))
      const day = leavingDay(footprints, OPENING + seenOn, seenTo, SEEN)
      return day === null ? null : day - OPENING
    },
    judge: async (day, judge) => {
      const today = new Map((factsOn[Math.max(0, day)] ?? []).map((one) => [one.id, one]))
      facts = columns.facts.map((one) => today.get(one.id) ?? one)
      forecaster = judge
      const asOf = new Date(DEMO_START.getTime() + day * DAY)
      return (await scorer.assess(asOf, { wordsDays: 14, topShare: 0.3 })).assessments
    },
  }
}

function voicesOf(lived: readonly DayRows[]): Map<string, FeedbackRow[]> {
  const voices = new Map<string, FeedbackRow[]>()
  for (const { feedback } of lived) {
    for (const voice of feedback) {
      const own = voices.get(voice.customer)
      if (own === undefined) voices.set(voice.customer, [voice])
      else own.push(voice)
    }
  }
  return voices
}
