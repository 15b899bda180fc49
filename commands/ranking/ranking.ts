import { HOUR } from '../../src/clock.ts'
import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { heldOut } from '../../src/judging/held-out.ts'
import { TIERS, type Tier } from '../../src/risk/assessment.ts'
import { text } from '../../src/text.ts'
import type { Customer } from '../../src/timeline/history.ts'
import type { Moved } from '../../templates/top.ts'
import { type Fits, fitsFor } from './fits.ts'

/** A customer above routine in the newest scoring. */
export interface Ranked {
  readonly customer: Customer
  /** The id they were judged under: their own, or that of a part of them while it stood alone. */
  readonly judged: string
  readonly tier: Tier
  /** Their card waits because their CSM's day is full. */
  readonly deferred: boolean
  /** Scored and not contacted, so that it can be told what contacting changes. */
  readonly held: boolean
  /** Places gained on the same list since the night before. */
  readonly moved: Moved
}

/** Runs closer together than this are of one night: someone scored again by hand. */
const A_NIGHT = 12 * HOUR

interface Place {
  readonly no: number
  /** The number they were scored under. */
  readonly scored: number
  readonly tier: Tier
}

/**
 * Everyone above routine in the newest scoring, by tier and then priority, each with the places gained since the night
 * before.
 *
 * @throws ForeshockError CONFLICT before the first scoring, NOT_FOUND for words that fit nobody
 */
export async function ranking(ctx: Context, only: string | null): Promise<Ranked[]> {
  const [run] = await ctx.store.assessments.runs(1)
  if (run === undefined) throw notScored()
  const earlier = await ctx.store.assessments.runBefore(new Date(run.asOf.getTime() - A_NIGHT))
  const now = placesOf(await withNewer(ctx, run))
  const before = earlier === null ? null : placesOf(earlier)
  const customers = await ctx.store.customers.byNo([...now, ...(before ?? [])].map(({ no }) => no))
  const fits = only === null ? () => true : await fitsFor(ctx, only, [...customers.values()])
  const listed = narrowed(now, customers, fits)
  const stood =
    before === null ? null : new Map(narrowed(before, customers, fits).map(({ no }, at) => [no, at]))
  const deferred = new Set(run.deferred.map((no) => customers.get(no)?.no))
  const held = await heldOut(ctx)
  const parts = await ctx.store.customers.parts(
    listed.flatMap((each) => (each.scored === each.no ? [] : each.scored)),
  )
  return listed.map(({ no, scored, tier }, at) => {
    const customer = customers.get(scored)!
    return {
      ...{ customer, tier },
      judged: parts.get(scored) ?? customer.id,
      deferred: deferred.has(no),
      held: held.has(customer.id),
      moved: movedFrom(stood, no, at),
    }
  })
}

function movedFrom(stood: ReadonlyMap<number, number> | null, no: number, at: number): Moved {
  if (stood === null) return null
  const was = stood.get(no)
  return was === undefined ? 'new' : was - at
}

/** A night's run as far as a ranking reads it. */
interface Run {
  readonly asOf: Date
  readonly customers: ArrayLike<number>
  /** Places in TIERS. */
  readonly tiers: ArrayLike<number>
  readonly priorities: ArrayLike<number>
}

/** The run with those put in who have been judged since: what was heard this morning counts this morning. */
async function withNewer(ctx: Context, run: Run): Promise<Run> {
  const newer = await ctx.store.assessments.since(run.asOf)
  if (newer.size === 0) return run
  const facts = await ctx.store.customers.many([...newer.keys()])
  const judged = new Map([...facts].map(([id, { no }]) => [no, newer.get(id)!]))
  const scored = new Set(Array.from(run.customers))
  const missing = [...judged.keys()].filter((no) => !scored.has(no))
  const customers = [...scored, ...missing]
  return {
    ...run,
    customers,
    tiers: customers.map((no, at) => (judged.has(no) ? TIERS.indexOf(judged.get(no)!.tier) : run.tiers[at]!)),
    priorities: customers.map((no, at) => judged.get(no)?.priority ?? run.priorities[at]!),
  }
}

function placesOf(run: Run): Place[] {
  const places: (Place & { readonly priority: number })[] = []
  for (let at = 0; at < run.customers.length; at += 1) {
    const [no, tier] = [run.customers[at]!, TIERS[run.tiers[at]!]!]
    if (tier !== 'routine') places.push({ no, scored: no, tier, priority: run.priorities[at]! })
  }
  return places.sort(
    (a, b) => TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) || b.priority - a.priority || a.no - b.no,
  )
}

/** Whoever became a part of somebody since counts as that one, at the most urgent of their places. */
function narrowed(places: readonly Place[], customers: ReadonlyMap<number, Customer>, fits: Fits): Place[] {
  const seen = new Set<number>()
  return places.flatMap(({ no: scored, tier }) => {
    const customer = customers.get(scored)
    if (customer === undefined || seen.has(customer.no)) return []
    seen.add(customer.no)
    return fits(customer, tier) ? [{ no: customer.no, scored, tier }] : []
  })
}

function notScored(): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text('还没有评分过，没有排行。', 'Nobody has been scored yet, so there is no ranking.'),
    {
      ...text('等第一次评分结束再看。', 'Wait for the first scoring.'),
      shell: 'Wait for the first scoring, or run `foreshock score`.',
    },
  )
}
