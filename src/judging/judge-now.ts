import type { Alert } from '../alerts/alert.ts'
import type { Deferred } from '../alerts/budget.ts'
import { type Decision, decide } from '../alerts/decide.ts'
import { hasMovedBelow } from '../alerts/fallen.ts'
import type { Relapse } from '../alerts/follow-up.ts'
import { type Draw, type Held, withHoldout } from '../alerts/holdout.ts'
import { type Cases, isWorthARow, type Step } from '../alerts/plan.ts'
import type { Context } from '../context.ts'
import { type Assessment, TIERS } from '../risk/assessment.ts'
import type { History } from '../timeline/history.ts'
import { type DueStep, openTogether, type Via } from './apply-step.ts'
import { withinCapacity } from './capacity.ts'
import { follow } from './follow.ts'
import { holdoutAt } from './holdout.ts'
import { redrawCards } from './redraw.ts'
import { scoringTerms } from './terms.ts'
import { applyRelapse, watchVerdict } from './watch.ts'

/** What judging one customer outside the nightly run led to. */
export interface Judged {
  readonly assessment: Assessment
  readonly decision: Decision | Held | Relapse | Deferred
  /** The case that was opened or raised, or took the place of a watched one; else the one there is. */
  readonly alert: Alert | null
}

/** The same of several at once. */
export interface JudgedTogether {
  /** By customer; whom nobody knows is left out. */
  readonly judged: ReadonlyMap<string, Judged>
  /** What went wrong with a customer; the others were judged all the same. */
  readonly failed: ReadonlyMap<string, unknown>
}

/**
 * Judges one customer at once, as the night would, and opens or raises their case where that follows; whoever is watched
 * and slips gets a new one. What was stored at this very instant counts. Null: there is no such customer.
 */
export async function judgeNow(ctx: Context, customer: string, via: Via): Promise<Judged | null> {
  const { judged, failed } = await judgeTogether(ctx, [customer], via)
  if (failed.has(customer)) throw failed.get(customer)
  return judged.get(customer) ?? null
}

/**
 * Judges several customers against one look at everyone, the most urgent first.
 *
 * @param newest the newest instant among what is to count: a sender's clock may be a little ahead of ours
 */
export async function judgeTogether(
  ctx: Context,
  customers: readonly string[],
  via: Via,
  newest: Date = ctx.clock.now(),
): Promise<JudgedTogether> {
  const now = ctx.clock.now()
  // A history shows what lies strictly before its instant.
  const asOf = new Date(Math.max(now.getTime(), newest.getTime()) + 1)
  const terms = await scoringTerms(ctx, customers)
  const { assessments, historyOf } = await ctx.scorer.assessSome(customers, asOf, terms)
  const known = [...assessments.keys()]
  const cases = await ctx.store.alerts.cases(known)
  const before = await ctx.store.assessments.latestOf(known)
  const holdout = await holdoutAt(ctx, terms, now, known)
  const judged = new Map<string, Judged>()
  const steps: Due[] = []
  const slips: Slip[] = []
  const worthARow: Assessment[] = []
  const draws: Draw[] = []
  const redrawn: Alert[] = []
  for (const assessment of byUrgency([...assessments.values()])) {
    const { customer } = assessment
    const own = cases.get(customer) ?? NO_CASES
    const slip = await slipOf(ctx, own.current, assessment, historyOf, now)
    if (slip !== null) {
      slips.push(slip)
      continue
    }
    const { decision, draw } = withHoldout(decide(assessment, own), assessment, holdout)
    if (draw !== null) draws.push(draw)
    if (decision.act === 'open' || decision.act === 'worsen') {
      steps.push({ ...own, assessment, decision })
      continue
    }
    judged.set(customer, { assessment, decision, alert: own.current })
    if (own.current !== null && hasMovedBelow(own.current, before.get(customer)?.tier, assessment.tier))
      redrawn.push(own.current)
    if (isWorthARow(before.get(customer) ?? null, assessment)) worthARow.push(assessment)
  }
  const { now: due, deferred } = await withRoom(ctx, steps, now)
  for (const { assessment, decision, current } of deferred) {
    const { customer } = assessment
    const waits = { act: 'defer', reason: 'no-room', tier: decision.tier } as const
    judged.set(customer, { assessment, decision: waits, alert: current })
    if (isWorthARow(before.get(customer) ?? null, assessment)) worthARow.push(assessment)
  }
  if (worthARow.length + draws.length + deferred.length > 0) {
    // Before a case is opened: who was drawn to be contacted is told from who is held.
    await ctx.store.transaction(async (tables) => {
      await tables.assessments.add(worthARow)
      await tables.assessments.defer(deferred.map(({ assessment }) => assessment.customer))
      await tables.holdout.add(draws)
    })
  }
  await redrawCards(ctx, redrawn, now)
  const followed = await followAll(ctx, due, now, via)
  const reopened = await oneByOne(slips, (slip) => reopen(ctx, slip, now, via))
  return {
    judged: new Map([...judged, ...followed.judged, ...reopened.judged]),
    failed: new Map([...followed.failed, ...reopened.failed]),
  }
}

type Due = Step & { readonly assessment: Assessment }

/** A watched customer who does not stay. */
interface Slip {
  readonly assessment: Assessment
  readonly alert: Alert
  readonly decision: Relapse
}

const NO_CASES: Cases = { current: null, lastClosed: null }

function byUrgency(assessments: readonly Assessment[]): Assessment[] {
  return assessments.toSorted(
    (a, b) => TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) || b.priority - a.priority,
  )
}

/** What there is room for today; as at night, only a P0 never waits. */
async function withRoom(ctx: Context, steps: readonly Due[], at: Date) {
  const opened = steps.filter(({ decision }) => decision.act === 'open')
  const known = await ctx.store.customers.many(opened.map(({ assessment }) => assessment.customer))
  return withinCapacity(ctx, steps, ({ assessment }) => known.get(assessment.customer) ?? null, at)
}

/** Null: the customer is not watched, or the watch goes on; how it goes is told by the daily look. */
async function slipOf(
  ctx: Context,
  alert: Alert | null,
  assessment: Assessment,
  historyOf: (customer: string) => History | null,
  now: Date,
): Promise<Slip | null> {
  if (alert?.state !== 'watch') return null
  const history = historyOf(assessment.customer)
  if (history === null) return null
  const verdict = await watchVerdict(ctx, { alert, assessment, history }, now)
  if (verdict.act !== 'relapse') return null
  return { assessment, alert, decision: verdict }
}

/** Opens the case that takes the place of the watched one. */
async function reopen(ctx: Context, slip: Slip, now: Date, via: Via): Promise<Judged> {
  const { assessment, decision } = slip
  const alert = await applyRelapse(ctx, slip, decision, now, via)
  if (alert !== null) {
    ctx.wake()
    return { assessment, decision, alert }
  }
  // The daily look or a person was faster.
  const current = await ctx.store.alerts.current(assessment.customer)
  const reason = current === null ? 'already-answered' : 'already-open'
  return { assessment, decision: { act: 'none', reason }, alert: current }
}

/** One after the other; what goes wrong with one leaves the others. */
async function oneByOne<T extends { readonly assessment: Assessment }>(
  all: readonly T[],
  follow: (one: T) => Promise<Judged>,
): Promise<JudgedTogether> {
  const judged = new Map<string, Judged>()
  const failed = new Map<string, unknown>()
  for (const one of all) {
    const { customer } = one.assessment
    try {
      judged.set(customer, await follow(one))
    } catch (error) {
      failed.set(customer, error)
    }
  }
  return { judged, failed }
}

/** Opens and raises what is due: the cases to open together; where one of them cannot be, each by itself. */
async function followAll(
  ctx: Context,
  steps: readonly DueStep[],
  now: Date,
  via: Via,
): Promise<JudgedTogether> {
  if (steps.length === 0) return { judged: new Map(), failed: new Map() }
  const rules = await ctx.caseRules()
  const fresh = steps.filter(({ decision }) => decision.act === 'open')
  const opened = fresh.length < 2 ? [] : await openTogether(ctx, fresh, now, rules).catch(() => [])
  if (opened.length > 0) ctx.wake()
  const done = new Map(
    opened.map((alert, index): [string, Judged] => {
      const { assessment, decision } = fresh[index]!
      return [alert.customer, { assessment, decision, alert }]
    }),
  )
  const others = steps.filter(({ assessment }) => !done.has(assessment.customer))
  const { judged, failed } = await oneByOne(others, async (step) => {
    return { assessment: step.assessment, ...(await follow(ctx, step, now, via, rules)) }
  })
  return { judged: new Map([...done, ...judged]), failed }
}
