import type { RealReason } from '../../src/alerts/alert.ts'
import { givenWords } from '../../src/alerts/grant.ts'
import type { Context } from '../../src/context.ts'
import type { Profile } from '../../src/features/profile.ts'
import type { Cause } from '../../src/risk/assessment.ts'
import { inBoth, same, type Text } from '../../src/text.ts'
import { maskedVoice } from '../../templates/names.ts'
import { CAUSE_PLAYS, playFor } from '../../templates/playbooks/causes.ts'
import { alertNo, CAUSE, REAL_REASON } from '../../templates/words.ts'

/** Something that helps to speak with a customer. */
export interface Play {
  readonly kind: 'talk' | 'faq' | 'success'
  readonly title: Text
  readonly body: Text
  /** What was given; null: nothing, or it is no case. */
  readonly entitlement: Text | null
  /** Likely reasons it is for. */
  readonly causes: readonly Cause[]
  /** What it is found by. */
  readonly searched: string
}

/** What to say and do for each likely reason and each step on the way out, as the industry does it. */
export function talkTracks(profile: Profile): Play[] {
  const causes = Object.keys(CAUSE_PLAYS) as Cause[]
  const tracks = causes.map((cause) => {
    const { talk, act, prepare } = playFor(cause, false, profile.plays)
    const body = inBoth((locale) => `${talk[locale]} ${act[locale]}`)
    // Who asks a common question about it means it too: "too dear" is in no talk track.
    const asked = (profile.faq ?? []).filter(({ for: causes }) => causes?.includes(cause))
    return made('talk', CAUSE[cause], body, [cause], [prepare, ...asked.map(({ ask }) => ask)])
  })
  const stages = (profile.stages ?? []).map(({ label, guide }) =>
    made('talk', label, guide.actions, [], [guide.causes, guide.strategy]),
  )
  return [...tracks, ...stages]
}

export function faqOf(profile: Profile): Play[] {
  return (profile.faq ?? []).map(({ ask, answer, for: causes = [] }) => made('faq', ask, answer, causes))
}

/** Confirmed cases looked through: the newest. */
const MOST_CASES = 100

/** What kept customers before, of those a person sees; names, numbers and addresses masked. */
export async function successes(ctx: Context): Promise<Play[]> {
  const staff = ctx.people.all.map(({ id }) => id)
  const kept = (await ctx.store.alerts.list({ states: ['retained'] })).toReversed()
  const customers = await ctx.store.customers.many(kept.map(({ customer }) => customer))
  const plays: Play[] = []
  for (const alert of kept) {
    if (plays.length === MOST_CASES) break
    const customer = customers.get(alert.customer)
    if (customer === undefined) continue
    const { outcome } = alert
    const said = outcome?.action || ((await ctx.store.alerts.lastNote(alert.id, staff)) ?? '')
    if (said === '') continue
    const mask = (words: string) => maskedVoice(words, customer.name)
    const reason = outcome === null ? CAUSE[alert.assessment.cause] : REAL_REASON[outcome.reason]
    const title = inBoth((locale) => `${alertNo(alert.no)} · ${alert.tier} · ${reason[locale]}`)
    const cause = outcome === null ? alert.assessment.cause : causeOf(outcome.reason)
    const reply = outcome === null ? '' : mask(outcome.reply)
    const play = made('success', title, same([mask(said), reply].filter(Boolean).join(' · ')), [cause])
    const given = givenWords(ctx.profile.entitlements, outcome?.entitlement ?? '')
    plays.push({ ...play, entitlement: given && inBoth((locale) => mask(given[locale])) })
  }
  return plays
}

function causeOf(reason: RealReason): Cause {
  return reason === 'other' ? 'unknown' : reason
}

function made(
  kind: Play['kind'],
  title: Text,
  body: Text,
  causes: readonly Cause[],
  besides: readonly Text[] = [],
): Play {
  const searched = [title, body, ...besides].flatMap(({ zh, en }) => (zh === en ? [zh] : [zh, en])).join('\n')
  return { kind, title, body, entitlement: null, causes, searched }
}
