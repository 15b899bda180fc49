import { dataAgeHours, moneyView } from '../../commands/case/customer.ts'
import { alertCard } from '../../templates/alert.ts'
import type { AlertCardData } from '../../templates/alert-data.ts'
import { inBothLanguages } from '../../templates/both.ts'
import { careLeftLine } from '../../templates/care.ts'
import { offersFor } from '../../templates/grant.ts'
import { replacedCard } from '../../templates/link.ts'
import { noticeCard } from '../../templates/notices.ts'
import { stormNo } from '../../templates/storm.ts'
import { type ThreadEvent, threadCard } from '../../templates/thread.ts'
import { alertNo } from '../../templates/words.ts'
import type { Action, Alert } from '../alerts/alert.ts'
import type { RaiseReason } from '../alerts/decide.ts'
import { fallenSince } from '../alerts/fallen.ts'
import type { RelapseReason } from '../alerts/follow-up.ts'
import { givenWords } from '../alerts/grant.ts'
import { verbsIn } from '../alerts/transition.ts'
import type { View } from '../chat/card.ts'
import type { Renderer } from '../chat/outbox-rows.ts'
import { DAY } from '../clock.ts'
import type { Context } from '../context.ts'
import { chainOf } from '../judging/chain.ts'
import { FORESHOCK } from '../records/doer.ts'
import { type AlertTier, knownLtv } from '../risk/assessment.ts'
import { reachOf } from '../risk/reach-of.ts'
import { standingOf } from '../risk/standing.ts'
import type { Settings } from '../settings/settings.ts'
import { same, type Text, text } from '../text.ts'
import { buzzedFor, calledByCard, calledByLine, calling, ownerAsked, regionalManager } from './called.ts'
import { lastNote, repeatOf } from './earlier.ts'
import { morningShown } from './morning-shown.ts'
import { stormLineOf, stormShown } from './storm-shown.ts'
import { openTrends } from './trends.ts'

/** Renders what the outbox sends, always from the database as it is now. Channels are shared: names are masked. */
export function presenter(ctx: Context): Renderer {
  const { timeZone } = ctx.config.company
  const zoned = ctx.people.all.some((person) => person.timeZone !== timeZone)
  const view = () => ({ timeZone, now: ctx.clock.now(), ...(zoned ? { zoned } : {}) })
  // Cards are edited in place, for days; lines of a thread are said once.
  const lasting = () => ({ ...view(), lasting: true })
  const trendsOf = openTrends(ctx)
  return {
    card: async (id, illustrated = false) => {
      const alert = await ctx.store.alerts.get(id)
      if (alert === null) return (await stormShown(ctx, id, lasting())) ?? noticeShown(ctx, id, view())
      const data = await cardData(ctx, alert)
      const trends = illustrated ? await trendsOf(alert, data.customer.no) : null
      const shown = trends === null ? data : { ...data, trends }
      const card = inBothLanguages(alertCard, shown, lasting())
      const called = calledByCard(ctx, alert, data.customer)
      return { card: await calling(ctx, card, called), version: alert.version }
    },
    line: async (id, action) => {
      if (action.startsWith('storm-')) return stormLineOf(ctx, action, view())
      if (action.startsWith('ask-owner ')) return ownerAsked(ctx, id, action.split(' ')[1] ?? '', view())
      if (action.startsWith('care-')) return inBothLanguages(careLeftLine, null, view())
      const done = await ctx.store.alerts.action(action)
      if (done === null) return null
      const alert = await known(ctx, id)
      const event = await threadEvent(ctx, alert, done)
      if (event === null) return null
      const told = { ...event, customer: await namedIn(ctx, event, alert) }
      const called = calledByLine(done, alert)
      return calling(ctx, inBothLanguages(threadCard, told, view()), called === null ? [] : [called])
    },
    replaced: async (id) => inBothLanguages(replacedCard, { name: await nameShown(ctx, id, view()) }, view()),
    calls: async (id, action, chat) => {
      const done = /^(storm|care|ask)-/.test(action) ? null : await ctx.store.alerts.action(action)
      return done === null ? [] : buzzedFor(ctx, await known(ctx, id), done, chat)
    },
  }
}

/** A notice says the same whenever it is drawn: one version. */
async function noticeShown(ctx: Context, id: string, view: Omit<View, 'locale'>) {
  const notice = await ctx.store.outbox.notice(id)
  const card =
    notice.kind === 'morning'
      ? await morningShown(ctx, id, notice.data)
      : inBothLanguages(noticeCard, notice, view)
  return { card, version: 1 }
}

async function known(ctx: Context, id: string): Promise<Alert> {
  const alert = await ctx.store.alerts.get(id)
  if (alert === null) throw new Error(`no alert ${id}`)
  return alert
}

/** A-1042, S-3, or what a notice is headed. */
async function nameShown(ctx: Context, id: string, view: Omit<View, 'locale'>): Promise<Text> {
  const alert = await ctx.store.alerts.get(id)
  if (alert !== null) return same(alertNo(alert.no))
  const storm = await ctx.store.storms.get(id)
  if (storm !== null) return same(stormNo(storm.no))
  const { zh, en } = (await noticeShown(ctx, id, view)).card
  return text(zh.title, en.title)
}

async function cardData(ctx: Context, alert: Alert): Promise<AlertCardData> {
  const customer = await ctx.store.customers.get(alert.customer)
  if (customer === null) throw new Error(`alert ${alert.id} has no customer`)
  return {
    alert,
    customer,
    fallen: fallenSince(alert, await ctx.store.assessments.latest(alert.customer)),
    ownerName: nameOf(ctx, alert.owner),
    assigneeName: nameOf(ctx, alert.assignee),
    standing: standingOf(alert.assessment, ctx.profile, ctx.segmentPlan),
    people: {
      csmName: nameOf(ctx, customer.owner),
      leadName: chainOf(ctx, alert, customer)[0]?.name ?? null,
      managerName: regionalManager(ctx, alert, customer)?.name ?? null,
    },
    money: moneyView(ctx),
    nextStates: verbsIn(alert.state),
    dataAgeHours: await dataAgeHours(ctx, [reachOf(alert.assessment)]),
    repeatOf: await repeatOf(ctx, alert),
    maskNames: true,
    contactConsent: customer.contactConsent,
    lastNote: await lastNote(ctx, alert.id),
    relapseNo: alert.state === 'relapsed' ? ((await ctx.store.alerts.successor(alert.id))?.no ?? null) : null,
    offers: offersFor(ctx.profile, alert.tier),
    given: givenOn(ctx, alert),
    plays: ctx.profile.plays,
    caredAt: alert.tier === 'P2' ? await ctx.store.care.firstLeft(alert.id) : null,
    deadlines: deadlinesOf(await ctx.settings(), alert.tier),
  }
}

function deadlinesOf({ sla, atWorkOnly }: Settings, tier: AlertTier): AlertCardData['deadlines'] {
  const { claim, reach } = sla[tier]
  return { claim, reach, atWork: atWorkOnly.has(tier) }
}

function givenOn({ profile }: Context, { outcome }: Alert): Text | null {
  return givenWords(profile.entitlements, outcome?.entitlement ?? '')
}

function nameOf(ctx: Context, person: string | null): Text | null {
  if (person === null) return null
  return ctx.people.get(person)?.name ?? { zh: person, en: person }
}

/** The customer's name where words of a colleague are told, in which it may stand. */
async function namedIn(ctx: Context, event: ThreadEvent, alert: Alert): Promise<string | null> {
  const isWritten = 'outcome' in event || ('note' in event && event.note !== '')
  return isWritten ? ((await ctx.store.customers.get(alert.customer))?.name ?? null) : null
}

/** What an action tells its thread; null for the opening, which the card itself tells. */
async function threadEvent(ctx: Context, alert: Alert, action: Action): Promise<ThreadEvent | null> {
  const { detail, note } = action
  const by = nameOf(ctx, action.by)!
  const { currency } = ctx.config.company
  const until = detail.until === undefined ? action.at : new Date(detail.until)
  const dueAt = new Date(detail.dueAt ?? action.at)
  const clock = detail.clock ?? 'claim'
  switch (action.verb) {
    case 'open':
      return null
    case 'claim':
      return { verb: 'claim', by }
    case 'contacted':
      return { verb: 'contacted', by, note }
    case 'resolve':
      if (alert.outcome === null) return null
      return { verb: 'resolve', by, outcome: alert.outcome, given: givenOn(ctx, alert), currency }
    case 'retained':
      return {
        verb: 'retained',
        by,
        until: alert.watchUntil ?? action.at,
        note,
        outcome: alert.outcome,
        given: givenOn(ctx, alert),
        currency,
      }
    case 'snooze':
      return { verb: 'snooze', by, until }
    case 'wake':
      return { verb: 'wake' }
    case 'dismiss':
      return { verb: 'dismiss', by, note }
    case 'confirm': {
      const customer = await ctx.store.customers.get(alert.customer)
      return {
        verb: 'confirm',
        ownerName: nameOf(ctx, alert.owner),
        kept: customer === null ? null : knownLtv(customer, alert.assessment),
        currency,
      }
    }
    case 'relapse': {
      const next = await ctx.store.alerts.successor(alert.id)
      if (next === null) return null
      return { verb: 'relapse', to: next.no, reason: note as RelapseReason }
    }
    case 'reassign':
      return { verb: 'reassign', by, to: nameOf(ctx, detail.to ?? alert.owner)!, note }
    case 'step': {
      const step = ctx.carePlan.steps.find(({ name }) => name === detail.step)
      const doer = action.by === FORESHOCK ? text('自动关怀', 'Automated care') : by
      return step === undefined ? null : { verb: 'step', by: doer, says: step.says, note }
    }
    case 'undo':
      return { verb: 'undo', by, undone: detail.undone ?? 'claim' }
    case 'remind':
      // Told late, after a platform was away: nobody is reminded of what was done meanwhile.
      if (!alert.due.some((due) => due.clock === clock)) return null
      return { verb: 'remind', clock, dueAt, name: nameOf(ctx, detail.to ?? null) }
    case 'overdue':
      return { verb: 'overdue', clock, dueAt, leadName: nameOf(ctx, detail.to ?? null) }
    case 'escalate':
      return { verb: 'escalate', clock, name: nameOf(ctx, detail.to ?? null) }
    case 'ask':
    case 'release':
      return { verb: action.verb, name: nameOf(ctx, detail.held ?? detail.to ?? null) }
    case 'course':
      return { verb: 'course', course: detail.course ?? 'too-early', ...dayOfWatch(alert, action.at) }
    case 'worsen': {
      const [from, to] = [detail.fromTier ?? alert.tier, detail.toTier ?? alert.tier]
      return { verb: 'worsen', from, to, reason: note as RaiseReason, assessment: alert.assessment }
    }
  }
}

/** Which day of how many: the day the customer was marked is the first. */
function dayOfWatch({ watchFrom, watchUntil }: Alert, at: Date): { day: number; of: number } {
  const from = watchFrom ?? at
  const days = (to: Date): number => (to.getTime() - from.getTime()) / DAY
  return { day: Math.floor(days(at)) + 1, of: Math.round(days(watchUntil ?? at)) }
}
