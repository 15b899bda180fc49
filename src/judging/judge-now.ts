import type { Alert } from '../alerts/alert.ts'
import { type Decision, decide } from '../alerts/decide.ts'
import { type Draw, type Held, withHoldout } from '../alerts/holdout.ts'
import { type Cases, isWorthARow, type Step } from '../alerts/plan.ts'
import type { Context } from '../context.ts'
import { type Assessment, TIERS } from '../risk/assessment.ts'
import { openTogether, type Via } from './apply-step.ts'
import { askNow } from './capacity.ts'
import { follow } from './follow.ts'
import { holdoutAt } from './holdout.ts'
import { scoringTerms } from './terms.ts'

/** What judging one customer outside the nightly run led to. */
export interface Judged {
  readonly assessment: Assessment
  readonly decision: Decision | Held
  /** The case that was opened or raised, else the one there is. */
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
 * Judges one customer at once, as the night would, and opens or raises their case where that follows. What was stored at
 * this very instant counts. Null: there is no such customer.
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
  const assessments = await ctx.scorer.assessSome(customers, asOf, terms)
  const known = [...assessments.keys()]
  const cases = await ctx.store.alerts.cases(known)
  const before = await ctx.store.assessments.latestOf(known)
  const holdout = await holdoutAt(ctx, terms, now, known)
  const judged = new Map<string, Judged>()
  const steps: Due[] = []
  const worthARow: Assessment[] = []
  const draws: Draw[] = []
  for (const assessment of byUrgency([...assessments.values()])) {
    const { customer } = assessment
    const own = cases.get(customer) ?? NO_CASES
    const { decision, draw } = withHoldout(decide(assessment, own), assessment, holdout)
    if (draw !== null) draws.push(draw)
    if (decision.act === 'open' || decision.act === 'worsen') {
      steps.push({ ...own, assessment, decision })
      continue
    }
    judged.set(customer, { assessment, decision, alert: own.current })
    if (isWorthARow(before.get(customer) ?? null, assessment)) worthARow.push(assessment)
  }
  if (worthARow.length + draws.length > 0) {
    // Before a case is opened: who was drawn to be contacted is told from who is held.
    await ctx.store.transaction(async (tables) => {
      await tables.assessments.add(worthARow)
      await tables.holdout.add(draws)
    })
  }
  const followed = await followAll(ctx, steps, now, via)
  return { judged: new Map([...judged, ...followed.judged]), failed: followed.failed }
}

type Due = Step & { readonly assessment: Assessment }

const NO_CASES: Cases = { current: null, lastClosed: null }

function byUrgency(assessments: readonly Assessment[]): Assessment[] {
  return assessments.toSorted(
    (a, b) => TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) || b.priority - a.priority,
  )
}

/** Opens and raises what is due: the cases to open together; where one of them cannot be, each by itself. */
async function followAll(ctx: Context, due: readonly Due[], now: Date, via: Via): Promise<JudgedTogether> {
  const judged = new Map<string, Judged>()
  const failed = new Map<string, unknown>()
  if (due.length === 0) return { judged, failed }
  const rules = await ctx.caseRules()
  const opens = due.filter(({ decision }) => decision.act === 'open')
  const asked = await askNow(
    ctx,
    opens.map(({ assessment }) => assessment.customer),
    now,
  )
  const steps = due.map((step) => ({ ...step, assignee: asked.get(step.assessment.customer) ?? null }))
  const fresh = steps.filter(({ decision }) => decision.act === 'open')
  const opened = fresh.length < 2 ? [] : await openTogether(ctx, fresh, now, rules).catch(() => [])
  opened.forEach((alert, index) => {
    const { assessment, decision } = fresh[index]!
    judged.set(alert.customer, { assessment, decision, alert })
  })
  if (opened.length > 0) ctx.wake()
  for (const step of steps) {
    const { customer } = step.assessment
    if (judged.has(customer)) continue
    try {
      judged.set(customer, { assessment: step.assessment, ...(await follow(ctx, step, now, via, rules)) })
    } catch (error) {
      failed.set(customer, error)
    }
  }
  return { judged, failed }
}
