import { openReplay, type PastNight, type Replayed } from '../../src/alerts/replay.ts'
import { DAY } from '../../src/clock.ts'
import type { Context } from '../../src/context.ts'
import { scoringTerms } from '../../src/judging/terms.ts'
import type { NightlyVerdicts, ScoringTerms } from '../../src/risk/scorer.ts'
import type { Settings } from '../../src/settings/settings.ts'
import { isGone } from '../../src/signals/gone.ts'
import { type Text, text } from '../../src/text.ts'

/** How far back a setting is tried. */
export const REPLAY_DAYS = 90
const FEWEST_NIGHTS = 4
/** Customers times nights that may be judged for one answer. */
const JUDGED = 60_000

export interface Trial {
  readonly before: Replayed
  readonly after: Replayed
  readonly nights: number
}

/** What a replay judges by: the settings, and the rules as they would be; without these, as they are. */
export type Tried = Settings & Pick<ScoringTerms, 'rules'>

/**
 * Judges past nights with the settings as they are and as they would be. What people have dismissed since is not known
 * to those nights: both are judged as if nobody had.
 */
export async function tryOut(ctx: Context, present: Tried, proposed: Tried): Promise<Trial> {
  const terms = { ...(await scoringTerms(ctx)), mutes: new Map() }
  const replays = [present, proposed].map((settings) => ({
    settings,
    replay: openReplay({
      capacity: settings.capacity,
      people: ctx.people.all,
      closedAfter: outcomeHours(settings),
    }),
  }))
  const dates = await nightsUpTo(ctx, ctx.clock.now(), REPLAY_DAYS, replays.length)
  await overNights(ctx, dates, text('正在重放过去 90 天', 'Replaying the last 90 days'), async (asOf) => {
    for (const { settings, replay } of replays) {
      replay.take(pastNight(ctx, await ctx.scorer.night(asOf, { ...terms, ...settings })))
    }
  })
  const [before, after] = replays.map(({ replay }) => replay.result()) as [Replayed, Replayed]
  return { before, after, nights: dates.length }
}

function outcomeHours({ sla }: Settings) {
  return { P0: sla.P0.outcome, P1: sla.P1.outcome, P2: sla.P2.outcome }
}

/**
 * Instants of some nights of the days up to `end`, the first and the last included: each week's, or fewer where there are so many
 * customers that someone would wait too long. `passes`: how often each is judged.
 */
export async function nightsUpTo(ctx: Context, end: Date, days: number, passes: number): Promise<Date[]> {
  const customers = await ctx.store.customers.count()
  const weekly = Math.ceil(days / 7) + 1
  const count = Math.max(
    FEWEST_NIGHTS,
    Math.min(weekly, Math.floor(JUDGED / (passes * Math.max(1, customers)))),
  )
  const step = (days * DAY) / (count - 1)
  return Array.from({ length: count }, (_, night) => new Date(Math.round(+end - (count - 1 - night) * step)))
}

/** One night after the other, saying how far it is. */
export async function overNights(
  ctx: Context,
  nights: readonly Date[],
  label: Text,
  visit: (asOf: Date, done: number) => Promise<void>,
): Promise<void> {
  try {
    for (const [done, asOf] of nights.entries()) {
      ctx.progress({ label, share: done / nights.length })
      await visit(asOf, done)
    }
  } finally {
    ctx.progress(null)
  }
}

/** A past night as a replay takes it. */
function pastNight({ profile }: Context, night: NightlyVerdicts): PastNight {
  const { asOf, facts, tiers, priorities, verdictAt, historyOf } = night
  return {
    ...{ asOf, facts, tiers, priorities, verdictAt },
    isGone: (index) => {
      const history = historyOf(facts.at(index)!.id)
      return history !== null && isGone(history, profile)
    },
  }
}
