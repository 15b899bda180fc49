import { askOwnerLine } from '../../templates/ask-owner.ts'
import { inBothLanguages } from '../../templates/both.ts'
import type { Action, Alert } from '../alerts/alert.ts'
import type { CardTexts, Mention, View } from '../chat/card.ts'
import type { Context } from '../context.ts'
import { accountsOf } from '../judging/accounts.ts'
import { chainOf } from '../judging/chain.ts'
import type { Person } from '../records/person.ts'
import type { Locale } from '../text.ts'
import type { CustomerFacts } from '../timeline/history.ts'

/** Whom cards and the lines of their threads call. Accounts come from what is known of people, never out of words. */

/**
 * A card that waits for somebody calls whom it waits for; a P0 also who stands beside them from the first minute. A P2 calls
 * nobody, but for a relapse: whoever marked the customer retained was promised to hear of it.
 */
export function calledByCard(ctx: Pick<Context, 'people'>, alert: Alert, customer: CustomerFacts): string[] {
  if (alert.state !== 'open' || (alert.tier === 'P2' && alert.trigger !== 'relapse')) return []
  const asked = alert.assignee ?? customer.owner
  const beside = alert.tier === 'P0' ? (regionalManager(ctx, alert, customer)?.id ?? null) : null
  return [asked, beside].filter((person) => person !== null)
}

/** The second above whoever is responsible, as missed deadlines climb; where there is only one, that one. */
export function regionalManager(
  ctx: Pick<Context, 'people'>,
  alert: Pick<Alert, 'owner' | 'assignee'>,
  customer: Pick<CustomerFacts, 'owner' | 'region'>,
): Person | null {
  const [lead, above] = chainOf(ctx, alert, customer)
  return above ?? lead ?? null
}

/** Whom a line of the thread is for; null: it only tells. */
export function calledByLine({ verb, detail }: Action, alert: Alert): string | null {
  switch (verb) {
    case 'remind':
    case 'overdue':
    case 'escalate':
    case 'ask':
      return detail.to ?? null
    case 'reassign':
      return detail.to ?? alert.owner
    case 'worsen':
      return alert.owner ?? alert.assignee
    // Who cools is to be spoken to; who stayed, somebody is thanked for.
    case 'course':
      return detail.course === 'cooling' ? alert.owner : null
    case 'confirm':
      return alert.owner
    default:
      return null
  }
}

/** What `ask-owner PERSON DAY` tells the thread; null: nobody has the case any more. */
export async function ownerAsked(
  ctx: Context,
  id: string,
  by: string,
  view: Omit<View, 'locale'>,
): Promise<CardTexts | null> {
  const alert = await ctx.store.alerts.get(id)
  const [asker, asked] = [ctx.people.get(by), ctx.people.get(alert?.owner ?? alert?.assignee ?? '')]
  if (asker === null || asked === null) return null
  const line = inBothLanguages(askOwnerLine, { by: asker.name, name: asked.name }, view)
  return calling(ctx, line, [asked.id])
}

/** The card with the colleagues that it calls, each once; who has left the team is called no more. */
export async function calling(ctx: Context, card: CardTexts, persons: readonly string[]): Promise<CardTexts> {
  const people = [...new Set(persons)].flatMap((id) => ctx.people.get(id) ?? [])
  if (people.length === 0) return card
  const called = await Promise.all(
    people.map(async ({ id, name }) => ({ name, accounts: await accountsOf(ctx, id) })),
  )
  const mentions = (locale: Locale): Mention[] =>
    called.map(({ name, accounts }) => ({ name: name[locale], accounts }))
  return { zh: { ...card.zh, mentions: mentions('zh') }, en: { ...card.en, mentions: mentions('en') } }
}

/** A P0 that nobody takes: whoever the reminder names is called on their phone, on each account they have there. */
export async function buzzedFor(ctx: Context, alert: Alert, done: Action, chat: string): Promise<string[]> {
  const isUnclaimed = alert.tier === 'P0' && alert.state === 'open'
  if (!isUnclaimed || !['remind', 'overdue', 'escalate'].includes(done.verb)) return []
  // Who has left the team keeps their account, and is called no more.
  const person = ctx.people.get(done.detail.to ?? alert.assignee ?? '')
  if (person === null) return []
  const linked = (await ctx.store.chatUsers.of(person.id, ctx.clock.now())).filter(
    (each) => each.chat === chat,
  )
  // Whom the configuration names there may never have spoken with the bot.
  const known = (await accountsOf(ctx, person.id))[chat]
  return [...new Set([...linked.map(({ user }) => user), ...(known === undefined ? [] : [known])])]
}
