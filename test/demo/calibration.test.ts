import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { DEMO_START, dayNumber, dayOf, HISTORY_START, OPENING } from '../../src/demo/calendar.ts'
import { openCompany } from '../../src/demo/company.ts'
import type { DayRows } from '../../src/demo/rows.ts'
import { featureList } from '../../src/features/feature-list.ts'
import { computeFeatures } from '../../src/features/kernel.ts'
import { loadProfile } from '../../src/features/load-profile.ts'
import { decideTier } from '../../src/risk/tier.ts'
import { howGone } from '../../src/signals/gone.ts'
import { coldStartSignals } from '../../src/signals/index.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { Voice } from '../../src/timeline/history.ts'
import { historyOf } from '../../src/timeline/view.ts'
import { loadLexicon } from '../../src/voice/lexicon.ts'
import { factsOf, rowsOf } from './as-timeline.ts'

const ZONE = 'Asia/Shanghai'
const profile = loadProfile(readFileSync('models/profiles/auto.yaml', 'utf8'), 'auto.yaml')
const lexicon = loadLexicon(readFileSync('models/lexicons/churn.yaml', 'utf8'), 'churn.yaml')
/** The tier of every customer at 06:00 some days after the opening, as the cold-start rules see it. */
function judge(seed: string, days: readonly number[]) {
  const company = openCompany({ seed })
  const lived: DayRows[] = []
  for (let day = dayNumber(HISTORY_START); day < OPENING + Math.max(...days); day += 1) {
    lived.push(company.step(dayOf(day)))
  }
  const facts = company.customers().map(factsOf)
  const columns = buildTimeline(facts, lived.flatMap(rowsOf))
  const voices = new Map<string, Voice[]>()
  for (const row of lived.slice(-45).flatMap((day) => day.feedback)) {
    voices.set(row.customer, [...(voices.get(row.customer) ?? []), row])
  }
  const list = featureList(profile, ZONE)
  const signals = coldStartSignals(profile, lexicon, ZONE)
  const nights = days.map((day) => {
    const asOf = DEMO_START.getTime() + day * DAY
    const matrix = computeFeatures(list, columns, asOf)
    return new Map(
      facts.map((customer, index) => {
        const history = historyOf(columns, index, asOf, list, voices.get(customer.id), matrix)
        const readings = signals.flatMap((signal) => signal.read(history) ?? [])
        const highValue = customer.valueTier === 'high'
        return [customer.id, decideTier({ readings, highValue, gone: howGone(history, profile) })] as const
      }),
    )
  })
  return { company, nights }
}

describe('the demo company, judged by the cold-start rules', () => {
  const { company, nights } = judge('7', [0, 7])
  const truth = new Map(company.truth().map((one) => [one.customer, one]))
  const [opening, week] = nights as [(typeof nights)[0], (typeof nights)[0]]
  const inTier = (night: (typeof nights)[0], tier: string) =>
    [...night].filter(([, decision]) => decision.tier === tier).map(([customer]) => customer)

  it('opens with a handful of P0, some dozens of P1 and P2, and a tenth already gone', () => {
    const count = (tier: string) => inTier(opening, tier).length
    expect(count('P0')).toBeGreaterThanOrEqual(4)
    expect(count('P0')).toBeLessThanOrEqual(14)
    expect(count('P1')).toBeGreaterThanOrEqual(15)
    expect(count('P1')).toBeLessThanOrEqual(50)
    expect(count('P2')).toBeGreaterThanOrEqual(25)
    expect(count('P2')).toBeLessThanOrEqual(80)
    const gone = [...opening.values()].filter((decision) => decision.reason === 'already-gone').length
    expect(gone / 2000).toBeGreaterThan(0.07)
    expect(gone / 2000).toBeLessThan(0.14)
  })

  it('warns mostly of people who really leave', () => {
    const leaving = (customer: string) => truth.get(customer)!.leaving !== null
    const [urgent, some] = [inTier(opening, 'P0'), [...inTier(opening, 'P1'), ...inTier(opening, 'P2')]]
    expect(urgent.filter(leaving).length / urgent.length).toBeGreaterThan(0.6)
    expect(some.filter(leaving).length / some.length).toBeGreaterThan(0.5)
  })

  it('brings a few new cases in the week after', () => {
    const fresh = [...week].filter(
      ([customer, decision]) =>
        /^P/.test(decision.tier) && !/^P/.test(opening.get(customer)?.tier ?? 'routine'),
    )
    expect(fresh.length).toBeGreaterThanOrEqual(7)
    expect(fresh.length).toBeLessThanOrEqual(45)
  })
})
