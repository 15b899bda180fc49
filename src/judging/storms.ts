import type { ChannelRef } from '../chat/chat.ts'
import { DAY } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Rise, Stand } from '../sentinel/detect.ts'
import type { Told } from '../sentinel/merge.ts'
import type { Series, SeriesName } from '../sentinel/series.ts'
import type { Course, Storm, StormFigures } from '../sentinel/storm.ts'
import { placeOf } from './accounts.ts'
import { keepersOf } from './announce.ts'
import { askedFor, seriesLabels } from './storm-view.ts'

/** How a storm is written down: opened, followed, ended, and told to the cases it belongs to. Each step can be done over. */

/** Days the card draws. */
const DRAWN = 30

/** A storm's card is as pressing as a P1. */
export const shownAs = ({ id, version }: Pick<Storm, 'id' | 'version'>) =>
  ({ id, version, tier: 'P1' }) as const

/** False: one of the series runs already. */
export async function openStorm(
  ctx: Context,
  rise: Rise,
  also: readonly Told[],
  stand: Stand,
  now: Date,
): Promise<boolean> {
  const { series, what } = rise
  const { kind, key, site } = series
  const startedAt = new Date(now.getTime() - rise.days * DAY)
  const which = { kind, key, site, what, from: startedAt, until: now }
  const figures: StormFigures = {
    ...figuresOf(what, series, stand, 0, now),
    ...(await ctx.store.stormVoices.affected(which)),
    also: also.map(({ rise: other }) => namesOf(other.series)),
  }
  const places = await placesOf(ctx)
  const asked = await askedAt(ctx, { kind, key, site })
  const about = (await seriesLabels(ctx, [series]))(series)
  return ctx.store.transaction(async (tables) => {
    const storm = await tables.storms.open({ kind, key, site, what, startedAt, hotAt: now, figures })
    if (storm === null) return false
    await tables.outbox.enqueueCard(shownAs(storm), places, now)
    const { no } = storm
    const { count, customers } = figures
    const data = { no, kind, key, site, what, about, count, customers }
    if (asked.length > 0) await tables.outbox.announce({ kind: 'storm-asked', data }, asked, now)
    return true
  })
}

/** The card is drawn again when its numbers are others; one that a person closed stays as it was closed. */
export async function goOn(
  ctx: Context,
  storm: Storm,
  own: Series | null,
  stand: Stand | null,
  course: Course,
  now: Date,
): Promise<void> {
  const hotAt = course === 'goes-on' ? now : storm.hotAt
  if (storm.closedAt !== null || own === null || stand === null) {
    if (hotAt !== storm.hotAt) await ctx.store.storms.touch(storm.id, hotAt)
    return
  }
  const which = { ...storm, from: storm.startedAt, until: now }
  const figures: StormFigures = {
    ...figuresOf(storm.what, own, stand, storm.figures.peak, now),
    ...(await ctx.store.stormVoices.affected(which)),
    also: storm.figures.also,
  }
  if (isSame(figures, storm.figures)) {
    await ctx.store.storms.touch(storm.id, hotAt)
    return
  }
  await ctx.store.transaction(async (tables) => {
    const changed = await tables.storms.change(storm, { hotAt, figures })
    if (changed !== null) await tables.outbox.redraw(shownAs(changed), 'figures', now)
  })
}

function isSame(one: StormFigures, other: StormFigures): boolean {
  const told = ({ count, voices, peak, usual, usualShare, customers, valueMinor, days }: StormFigures) =>
    [count, voices, peak, usual.low, usual.high, usualShare, customers, valueMinor, ...days].join()
  return told(one) === told(other)
}

/** Counts have been back for three days. */
export async function closeDown(ctx: Context, storm: Storm, now: Date): Promise<void> {
  await ctx.store.transaction(async (tables) => {
    const ended = await tables.storms.change(storm, { endedAt: now })
    if (ended === null) return
    await tables.outbox.redraw(shownAs(ended), 'ended', now)
    await tables.outbox.addLine(shownAs(ended), `storm-ended ${ended.id}`, now)
  })
}

/** Cases at work whose customers spoke in it; the thread of each new one says so. How many are new. */
export async function joinCases(ctx: Context, storm: Storm, now: Date): Promise<number> {
  if (storm.closedAt !== null) return 0
  const cases = await ctx.store.stormVoices.cases({ ...storm, from: storm.startedAt, until: now })
  if (cases.length === 0) return 0
  return ctx.store.transaction(async (tables) => {
    const joined = await tables.storms.join(storm.id, cases, now)
    for (const { alert } of joined) await addLineTo(tables, alert, `storm-joined ${storm.id}`, now)
    if (joined.length > 0) await tables.outbox.redraw(shownAs(storm), `cases ${joined[0]!.alert}`, now)
    return joined.length
  })
}

/** What a person closed is told to its cases once it can no longer be taken back. */
export async function tellCases(ctx: Context, now: Date): Promise<void> {
  const { undoMs } = await ctx.caseRules()
  for (const { storm, alerts } of await ctx.store.storms.untold(new Date(now.getTime() - undoMs))) {
    await ctx.store.transaction(async (tables) => {
      for (const alert of alerts) await addLineTo(tables, alert, `storm-closed ${storm.id}`, now)
      await tables.storms.told(storm.id, alerts, now)
    })
  }
}

type Tables = Parameters<Parameters<Context['store']['transaction']>[0]>[0]

async function addLineTo(tables: Tables, alert: string, action: string, now: Date): Promise<void> {
  await tables.outbox.addLine({ id: alert, version: 0, tier: 'P2' }, action, now)
}

function figuresOf(what: Storm['what'], series: Series, stand: Stand, peak: number, now: Date) {
  const values = what === 'volume' ? series.counts : series.bad
  const days = Array.from({ length: DRAWN }, (_, back) => values[DRAWN - 1 - back] ?? 0)
  const { usual, usualShare } = stand
  const count = values[0] ?? 0
  return {
    count,
    voices: stand.count,
    peak: Math.max(peak, count),
    usual,
    usualShare: rounded(usualShare),
    days,
    at: now.toISOString(),
  }
}

/** To a part in a thousand: a card is not drawn again for less. */
const rounded = (share: number): number => Math.round(share * 1_000) / 1_000

function namesOf({ kind, key, site }: Series) {
  return { kind, key, site }
}

/** Channels for notices; without any, those of P1. */
async function placesOf(ctx: Context): Promise<ChannelRef[]> {
  const keepers = await keepersOf(ctx)
  if (keepers.length > 0) return keepers
  const routes = (await ctx.routes()).filter(({ tiers }) => tiers.includes('P1'))
  return routes.map(({ chat, channel }) => ({ chat, channel }))
}

/** Where those who answer for what it is about are told of it themselves; the card names them all the same. */
async function askedAt(ctx: Context, series: SeriesName): Promise<ChannelRef[]> {
  const places = await Promise.all(askedFor(ctx, series).map((person) => placeOf(ctx, person)))
  return places.filter((place) => place !== null)
}
