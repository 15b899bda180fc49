import type { Alert } from '../src/alerts/alert.ts'
import { CLOSED } from '../src/alerts/alert.ts'
import { fallenSince } from '../src/alerts/fallen.ts'
import { DAY } from '../src/clock.ts'
import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { isEverybodys } from '../src/features/own-rhythm.ts'
import { monthlyCounts, moodsSince } from '../src/features/trends.ts'
import { careOf } from '../src/judging/care-course.ts'
import { heldOut } from '../src/judging/held-out.ts'
import { mayActAs } from '../src/records/person.ts'
import type { Assessment } from '../src/risk/assessment.ts'
import { reachOf } from '../src/risk/reach-of.ts'
import { standingOf } from '../src/risk/standing.ts'
import { asksForCall } from '../src/settings/churn.ts'
import { howGone } from '../src/signals/gone.ts'
import { rhythmOf } from '../src/signals/rhythm.ts'
import { text } from '../src/text.ts'
import type { History } from '../src/timeline/history.ts'
import type { Trends } from '../templates/charts.ts'
import { type CaseLine, customerCard } from '../templates/customer.ts'
import { customerMeant, dataAgeHours, moneyView } from './case/customer.ts'
import { answer, nameOf } from './case/move.ts'
import { verdictOn } from './case/verdict.ts'
import { parseCustomer } from './case/words.ts'

export const show: Command<string> = {
  name: 'show',
  summary: text('看一位客户的情况：数字、往来、预警', 'One customer at a glance: numbers, events, cases'),
  usage: 'show C-123',
  role: 'viewer',
  takes: 'customer',
  parse: (words) => parseCustomer(words, show.usage),
  run: async (ctx, request) => {
    const { customer } = await customerMeant(ctx, request.args)
    const cases = await ctx.store.alerts.ofCustomer(customer.id)
    const open = cases.find((each) => !CLOSED.includes(each.state)) ?? null
    // Whoever was kept stays in the plan until its weeks are over.
    const planned = open ?? cases.find(({ state }) => state === 'retained')
    const now = ctx.clock.now()
    const history = await ctx.scorer.history(customer.id, now)
    const events = history === null ? [] : eventsOf(ctx, history)
    const assessment = await verdictOn(ctx, customer)
    // Who works cases would look after them.
    const heldUntil =
      open === null && mayActAs(request.by.role, 'manager')
        ? (await heldOut(ctx, [customer.id])).get(customer.id)
        : undefined
    return answer(ctx, request, customerCard, {
      customer,
      assessment,
      csmName: nameOf(ctx, customer.owner),
      contactConsent: customer.contactConsent,
      money: moneyView(ctx),
      numbers: history === null ? [] : numbersOf(ctx, history),
      events,
      care: planned === undefined ? null : await careOf(ctx, planned, customer),
      openCase: open === null ? null : lineOf(ctx, open),
      fallen: open === null ? null : fallenSince(open, assessment),
      pastCases: cases.filter((each) => CLOSED.includes(each.state)).map((each) => lineOf(ctx, each)),
      dataAgeHours: await dataAgeHours(ctx, newestOf(assessment, events)),
      ...(assessment === null ? {} : { standing: standingOf(assessment, ctx.profile, ctx.segmentPlan) }),
      ...(history === null ? {} : { trends: await trendsOf(ctx, history) }),
      feeds: await ctx.scorer.feeds(now),
      ...(heldUntil === undefined ? {} : { heldUntil }),
      plays: ctx.profile.plays,
      caredAt: await ctx.store.care.lastLeft(customer.id),
      isSuspected:
        asksForCall(ctx.profile) && history !== null && howGone(history, ctx.profile) === 'stayed-away',
      maskNames: false,
    })
  },
}

/** The profile's labelled features that are known, in its own order of interest. */
function numbersOf(ctx: Context, history: History) {
  const days = rhythmOf(history, ctx.profile)?.days ?? 0
  return [...ctx.profile.aggregates, ...ctx.profile.finalisers]
    .flatMap(({ name, label }) =>
      label === undefined ? [] : [{ feature: name, label, value: history.feature(name) }],
    )
    .filter(({ feature, value }) => Number.isFinite(value) && value !== 0 && !isEverybodys(feature, days))
    .slice(0, 8)
}

/** As many nights of the risk as a month has. */
const NIGHTS = 30

async function trendsOf(ctx: Context, history: History): Promise<Trends> {
  const { asOf, customer } = history
  const { kind, label } = ctx.profile.rhythm
  const months = monthlyCounts(history.events(kind).at, asOf, ctx.config.company.timeZone)
  return {
    risk: await ctx.store.assessments.trend(customer.no, NIGHTS),
    mood: moodsSince(history, asOf - 365 * DAY),
    activity: { label, months },
  }
}

function eventsOf(ctx: Context, history: History) {
  return Object.entries(ctx.profile.kinds)
    .map(([kind, label]) => ({ label, at: history.events(kind).at }))
    .filter(({ at }) => at.length > 0)
    .map(({ label, at }) => ({ label, count: at.length, last: new Date(at[at.length - 1]!) }))
    .sort((a, b) => b.last.getTime() - a.last.getTime())
}

function newestOf(assessment: Assessment | null, events: readonly { readonly last: Date }[]): number[] {
  return [...(assessment === null ? [] : [reachOf(assessment)]), ...events.map(({ last }) => +last)]
}

function lineOf(ctx: Context, alert: Alert): CaseLine {
  const { no, tier, state, openedAt, owner, outcome } = alert
  return { no, tier, state, openedAt, ownerName: nameOf(ctx, owner), result: outcome?.result ?? null }
}
