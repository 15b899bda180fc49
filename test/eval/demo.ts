import { dayOf, OPENING } from '../../src/demo/calendar.ts'
import { LEAVINGS, type Leaving } from '../../src/demo/casting.ts'
import { leavingDay } from '../../src/demo/foresight.ts'
import { type Grade, grade } from '../../src/demo/grade.ts'
import { areaUnderCurve } from '../../src/learning/auc.ts'
import type { Assessment } from '../../src/risk/assessment.ts'
import { isAlertTier, isWorse } from '../../src/risk/assessment.ts'
import type { Forecaster } from '../../src/risk/forecaster.ts'
import { type Figure, type Findings, figure, type Options } from '../figures.ts'
import { predictingForecaster } from './demo-forecaster.ts'
import { type DemoNights, demoNights } from './demo-nights.ts'

const DAYS = 45
const SOON = 60
/** A silence is only known to be the last one after the profile's inactive days. */
const SEEN = 180

/**
 * The demo company over 45 days in which nobody speaks with anyone: what the rules alone warn of, and what they warn of with a
 * model learned on the first morning from three years of history, both graded against who really leaves.
 */
export async function demo({ seed, quick }: Options): Promise<Findings> {
  const nights = await demoNights({
    seed: seed === '1' ? '7' : seed,
    days: quick ? 2 : DAYS,
    customers: quick ? 300 : 2000,
  })
  const model = await predictingForecaster(nights)
  const rules = await graded(nights, null)
  const learned = await graded(nights, model.forecaster)
  return {
    figures: [
      figure('demo.tested.auc', model.auc, 'auc'),
      ...ranking(nights, rules.first, learned.first),
      ...beside(
        'demo.p0_precision',
        rules.grade.truth.precision.P0,
        learned.grade.truth.precision.P0,
        'share',
      ),
      ...beside(
        'demo.early',
        rules.grade.truth.earlyIdentified,
        learned.grade.truth.earlyIdentified,
        'share',
      ),
      ...beside('demo.recall', rules.grade.truth.recall, learned.grade.truth.recall, 'share'),
      figure('demo.lead_days.rules', rules.grade.truth.medianLeadDays ?? Number.NaN, 'days'),
      figure('demo.lead_days.model', learned.grade.truth.medianLeadDays ?? Number.NaN, 'days'),
      figure(
        'demo.false_alerts.rules',
        rules.grade.truth.falseAlertsPer1000LookAlikes ?? Number.NaN,
        'per 1,000 a month',
      ),
      figure(
        'demo.false_alerts.model',
        learned.grade.truth.falseAlertsPer1000LookAlikes ?? Number.NaN,
        'per 1,000 a month',
      ),
      ...LEAVINGS.flatMap((cause) => byCause(cause, rules, learned)),
    ],
  }
}

interface Graded {
  readonly grade: Grade
  /** The first morning. */
  readonly first: readonly Assessment[]
}

async function graded(nights: DemoNights, forecaster: Forecaster | null): Promise<Graded> {
  const { company, days } = nights
  const until = OPENING + days + SOON + SEEN
  const leaves = (id: string, from: number): number | null => {
    const day = leavingDay(company.foresee(id, [], dayOf(until)), from, until, SEEN)
    return day === null ? null : day - OPENING
  }
  const cases = new Map<
    string,
    { customer: string; tier: 'P0' | 'P1' | 'P2'; opened: number; leaves: number | null }
  >()
  let first: readonly Assessment[] = []
  for (let day = 0; day <= days; day += 1) {
    const assessments = await nights.judge(day, forecaster)
    if (day === 0) first = assessments
    for (const { customer, tier } of assessments) {
      if (!isAlertTier(tier)) continue
      const known = cases.get(customer)
      if (known === undefined)
        cases.set(customer, { customer, tier, opened: day, leaves: leaves(customer, OPENING + day) })
      else if (isWorse(tier, known.tier)) known.tier = tier
    }
  }
  const truth = company.truth()
  const customers = truth.map((one) => ({
    id: one.customer,
    alike: one.alike,
    leaving: one.leaving,
    leaves: leaves(one.customer, OPENING),
  }))
  const none = { claim: 0, reach: 0, outcome: 0 }
  return {
    first,
    grade: grade({
      ...{ days, customers, cases: [...cases.values()], claims: 0, escalations: none, posts: [], lost: 0 },
      retained: { marked: 0, confirmed: 0, relapsed: 0 },
      capacity: { daily: 0, busiest: 0, over: 0, deferred: 0 },
    }),
  }
}

/** On the first morning: who of those who can still leave will be gone within 60 days, by score. */
function ranking(
  { company }: DemoNights,
  rules: readonly Assessment[],
  learned: readonly Assessment[],
): Figure[] {
  const until = OPENING + SOON + SEEN
  const here = rules.flatMap(({ reason }, at) => (reason === 'already-gone' ? [] : [at]))
  const left = here.map((at) => {
    const day = leavingDay(company.foresee(rules[at]!.customer, [], dayOf(until)), OPENING, until, SEEN)
    return day !== null && day - OPENING <= SOON
  })
  const [one, other] = [rules, learned].map((all) =>
    areaUnderCurve(
      here.map((at) => all[at]!.score),
      left,
    ),
  )
  return beside('demo.auc', one!, other!, 'auc')
}

function byCause(cause: Leaving, rules: Graded, learned: Graded): Figure[] {
  const [one, other] = [rules.grade.byCause[cause], learned.grade.byCause[cause]]
  const share = (part: number, of: number) => (of === 0 ? 0 : part / of)
  return [
    ...beside(
      `demo.recall.${cause}`,
      share(one.alerted, one.leavers),
      share(other.alerted, other.leavers),
      'share',
    ),
    ...beside(`demo.early.${cause}`, share(one.early, one.left), share(other.early, other.left), 'share'),
  ]
}

/** Both, and that the model is no worse. */
function beside(id: string, rules: number | null, model: number | null, unit: string): Figure[] {
  return [
    figure(`${id}.rules`, rules ?? Number.NaN, unit),
    figure(`${id}.model`, model ?? Number.NaN, unit),
    figure(`${id}.gain`, (model ?? 0) - (rules ?? 0), unit, '>=0'),
  ]
}
