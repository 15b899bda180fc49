import { SOON } from '../../src/alerts/warning.ts'
import { LEAVINGS, type Leaving } from '../../src/demo/casting.ts'
import { type Grade, grade } from '../../src/demo/grade.ts'
import { areaUnderCurve } from '../../src/learning/auc.ts'
import type { Assessment } from '../../src/risk/assessment.ts'
import { isAlertTier, isWorse } from '../../src/risk/assessment.ts'
import type { Forecaster } from '../../src/risk/forecaster.ts'
import { type Figure, type Findings, figure, type Options } from '../figures.ts'
import { predictingForecaster } from './demo-forecaster.ts'
import { type DemoNights, demoNights } from './demo-nights.ts'

const DAYS = 45

/** Other lives of the same company, so that no figure is the luck of one. */
const OTHERS = ['11', '13']
/** Fresh cases that four CSMs and their lead take in a day by the default capacity: more P0 at once would be a flood. */
const ROOM = 60

/**
 * The demo company over 45 days in which nobody speaks with anyone: what the rules alone warn of, and what they warn of with a
 * model learned on the first morning from three years of history, both graded against who really leaves.
 */
export async function demo({ seed, quick }: Options): Promise<Findings> {
  const main = await bothWays(seed === '1' ? '7' : seed, quick)
  const figures = [
    figure('demo.tested.auc', main.auc, 'auc'),
    ...figuresOf('demo', main),
    ...LEAVINGS.flatMap((cause) => byCause(cause, main)),
  ]
  for (const other of quick ? OTHERS.slice(0, 1) : OTHERS) {
    const company = await bothWays(other, quick)
    figures.push(...figuresOf(`demo.seed_${other}`, company), ...worstCause(`demo.seed_${other}`, company))
  }
  return { figures }
}

/** One company, judged by the rules alone and with a model. */
interface BothWays {
  readonly nights: DemoNights
  /** Of the model, on the later months held back from learning. */
  readonly auc: number
  readonly rules: Graded
  readonly learned: Graded
}

async function bothWays(seed: string, quick: boolean): Promise<BothWays> {
  const nights = await demoNights({ seed, days: quick ? 2 : DAYS, customers: quick ? 300 : 2000 })
  const model = await predictingForecaster(nights)
  return {
    nights,
    auc: model.auc,
    rules: await graded(nights, null),
    learned: await graded(nights, model.forecaster),
  }
}

function figuresOf(id: string, { nights, rules, learned }: BothWays): Figure[] {
  const [one, other] = [rules.grade.truth, learned.grade.truth]
  return [
    ...ranking(id, nights, rules.first, learned.first),
    ...beside(`${id}.p0_precision`, one.precision.P0, other.precision.P0, 'share'),
    ...beside(`${id}.early`, one.earlyIdentified, other.earlyIdentified, 'share'),
    ...beside(`${id}.recall`, one.recall, other.recall, 'share'),
    figure(`${id}.lead_days.rules`, one.medianLeadDays ?? Number.NaN, 'days'),
    figure(`${id}.lead_days.model`, other.medianLeadDays ?? Number.NaN, 'days'),
    ...[one, other].map(({ falseAlertsPer1000LookAlikes }, at) =>
      figure(
        `${id}.false_alerts.${at === 0 ? 'rules' : 'model'}`,
        falseAlertsPer1000LookAlikes ?? Number.NaN,
        'per 1,000 a month',
        '<=30',
      ),
    ),
    figure(`${id}.first_morning.p0.rules`, p0Of(rules.first), 'customers'),
    figure(`${id}.first_morning.p0.model`, p0Of(learned.first), 'customers', `<=${ROOM}`),
  ]
}

function p0Of(morning: readonly Assessment[]): number {
  return morning.filter(({ tier }) => tier === 'P0').length
}

interface Graded {
  readonly grade: Grade
  /** The first morning. */
  readonly first: readonly Assessment[]
}

async function graded(nights: DemoNights, forecaster: Forecaster | null): Promise<Graded> {
  const { company, days, leaves } = nights
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
        cases.set(customer, { customer, tier, opened: day, leaves: leaves(customer, day) })
      else if (isWorse(tier, known.tier)) known.tier = tier
    }
  }
  const truth = company.truth()
  const customers = truth.map((one) => ({
    id: one.customer,
    alike: one.alike,
    leaving: one.leaving,
    leaves: leaves(one.customer, 0),
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
  id: string,
  { leaves }: DemoNights,
  rules: readonly Assessment[],
  learned: readonly Assessment[],
): Figure[] {
  const here = rules.flatMap(({ reason }, at) => (reason === 'already-gone' ? [] : [at]))
  const left = here.map((at) => {
    const day = leaves(rules[at]!.customer, 0)
    return day !== null && day <= SOON
  })
  const [one, other] = [rules, learned].map((all) =>
    areaUnderCurve(
      here.map((at) => all[at]!.score),
      left,
    ),
  )
  return beside(`${id}.auc`, one!, other!, 'auc')
}

function byCause(cause: Leaving, company: BothWays): Figure[] {
  const [one, other] = sharesOf(cause, company)
  return [
    ...beside(`demo.recall.${cause}`, one.recall, other.recall, 'share'),
    ...beside(`demo.early.${cause}`, one.early, other.early, 'share'),
  ]
}

/** What the model gains, or loses, in the cause it does worst in. */
function worstCause(id: string, company: BothWays): Figure[] {
  const gains = LEAVINGS.map((cause) => {
    const [one, other] = sharesOf(cause, company)
    return { recall: other.recall - one.recall, early: other.early - one.early }
  })
  return [
    figure(`${id}.recall.worst_cause.gain`, Math.min(...gains.map(({ recall }) => recall)), 'share', '>=0'),
    figure(`${id}.early.worst_cause.gain`, Math.min(...gains.map(({ early }) => early)), 'share', '>=0'),
  ]
}

/** Shares of the leavers of one cause that were warned of, and in time: by the rules, with the model. */
function sharesOf(cause: Leaving, { rules, learned }: BothWays) {
  const share = (part: number, of: number) => (of === 0 ? 0 : part / of)
  const [one, other] = [rules, learned].map(({ grade: { byCause } }) => {
    const { alerted, leavers, early, left } = byCause[cause]
    return { recall: share(alerted, leavers), early: share(early, left) }
  })
  return [one!, other!] as const
}

/** Both, and that the model is no worse. */
function beside(id: string, rules: number | null, model: number | null, unit: string): Figure[] {
  return [
    figure(`${id}.rules`, rules ?? Number.NaN, unit),
    figure(`${id}.model`, model ?? Number.NaN, unit),
    figure(`${id}.gain`, (model ?? 0) - (rules ?? 0), unit, '>=0'),
  ]
}
