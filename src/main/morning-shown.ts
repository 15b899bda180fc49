import { morningData } from '../../commands/case/morning.ts'
import { inBothLanguages } from '../../templates/both.ts'
import { morningCard } from '../../templates/morning.ts'
import type { CardTexts } from '../chat/card.ts'
import type { Context } from '../context.ts'
import { morningCases, morningOf } from '../judging/morning.ts'

/**
 * A person's list as it is now: in their own language where a platform or a mailbox shows it, and on the console in the one that
 * the page is switched to, as all else there.
 */
export async function morningShown(
  ctx: Context,
  notice: string,
  { person, bare }: { readonly person: string; readonly bare: boolean },
): Promise<CardTexts> {
  const { locale, timeZone } = ctx.people.get(person) ?? ctx.config.company
  const list = await morningOf(ctx, { id: person, timeZone }, await morningCases(ctx))
  const view = { timeZone, now: ctx.clock.now() }
  const data = { ...(await morningData(ctx, person, list)), sent: bare ? 'bare' : 'whole' } as const
  const card = inBothLanguages(morningCard, data, view)
  const places = await ctx.store.outbox.cardsOf(notice)
  return places.every(({ chat }) => chat === 'console') ? card : { zh: card[locale], en: card[locale] }
}
