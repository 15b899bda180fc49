import { areaUnderCurve } from '../learning/auc.ts'
import { averagePrecision, brierOf, positivesOf, topShareOf } from '../learning/metrics.ts'
import { type Economics, suggestThreshold } from '../learning/thresholds.ts'
import { type Advice, type Showing, type Trial, verdictOf } from '../learning/trial.ts'

/** Cases of the test months, as the new model saw them. */
export interface Tested {
  /** Customer ids. */
  readonly customers: readonly string[]
  /** As-of date of each, milliseconds. */
  readonly asOf: ArrayLike<number>
  /** 1: left. */
  readonly labels: ArrayLike<number>
  readonly probability: ArrayLike<number>
  /** Days the model looks ahead. */
  readonly horizonDays: number
  /** Days since each was last active: who has been silent for long is no one's card. */
  readonly silentDays: ArrayLike<number>
}

/** Scores of all customers as of a date, by id; a customer who was not scored is missing. */
export type ScoresAt = (asOf: number) => Promise<ReadonlyMap<string, number>>

export interface Judge {
  readonly scoresAt: ScoresAt
  /** True when the scores are probabilities. */
  readonly isProbability: boolean
}

/** As-of dates on which judges are compared: the latest ones, enough for a verdict and few enough for a night. */
const DATES = 3

/**
 * Holds a new model against the rules and the model in use, on the same customers at the same latest test dates. Customers a judge
 * could not score count as the safest for it: not warning of someone is what it did.
 */
export async function tryOut(
  tested: Tested,
  rules: Judge,
  champion: (Judge & { readonly no: number }) | null,
  economics: Economics,
): Promise<Trial> {
  const dates = [...new Set(Array.from(tested.asOf))].sort((a, b) => b - a).slice(0, DATES)
  const rows = tested.customers.flatMap((_, row) => (dates.includes(tested.asOf[row]!) ? [row] : []))
  const labels = rows.map((row) => tested.labels[row]!)
  const trial = {
    from: dates.at(-1) ?? 0,
    to: dates[0] ?? 0,
    rows: rows.length,
    leavers: positivesOf(labels),
    model: showingOf(
      rows.map((row) => tested.probability[row]!),
      labels,
      true,
    ),
    rules: await showingBy(rules, tested, rows, labels),
    champion:
      champion === null
        ? null
        : { no: champion.no, showing: await showingBy(champion, tested, rows, labels) },
  }
  const advice = adviceOf(tested, rows, economics, new Set(rows.map((row) => tested.asOf[row]!)).size)
  return { ...trial, verdict: verdictOf(trial), advice }
}

/** Days of work that one date stands for: dates lie a month apart. */
const DAYS_A_DATE = 30

/** From which probability acting would have paid, on those a card can be about; null: there is nobody to tell it by. */
function adviceOf(
  { labels, probability, silentDays, horizonDays }: Tested,
  rows: readonly number[],
  economics: Economics,
  dates: number,
): Advice | null {
  const here = rows.filter((row) => silentDays[row]! < horizonDays)
  const left = here.map((row) => labels[row]!)
  if (positivesOf(left) === 0) return null
  const days = dates * DAYS_A_DATE
  const chances = here.map((row) => probability[row]!)
  const { precision, ...found } = suggestThreshold(chances, left, economics, days)
  return { ...found, cases: here.length, precision: found.flagged === 0 ? null : precision, economics }
}

async function showingBy(
  { scoresAt, isProbability }: Judge,
  { customers, asOf }: Tested,
  rows: readonly number[],
  labels: readonly number[],
): Promise<Showing> {
  const byDate = new Map<number, ReadonlyMap<string, number>>()
  for (const date of new Set(rows.map((row) => asOf[row]!))) byDate.set(date, await scoresAt(date))
  const scores = rows.map((row) => byDate.get(asOf[row]!)!.get(customers[row]!) ?? 0)
  return showingOf(scores, labels, isProbability)
}

function showingOf(scores: readonly number[], labels: readonly number[], isProbability: boolean): Showing {
  return {
    auc: areaUnderCurve(scores, labels),
    prAuc: averagePrecision(scores, labels),
    recallAtTenth: topShareOf(scores, labels, 0.1).recall,
    brier: isProbability ? brierOf(scores, labels) : null,
  }
}
