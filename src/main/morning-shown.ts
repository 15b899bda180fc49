import { morningData } from '../../commands/case/morning.ts'
import { inBothLanguages } from '../../templates/both.ts'
import { morningCard } from '../../templates/morning.ts'
import type { CardTexts } from '../chat/card.ts'
import type { Context } from '../context.ts'
import { morningCases, morningOf } from '../judging/morning.ts'

/** A person's list as it is now, in their own language wherever it is shown. */
export async function morningShown(
  ctx: Context,
  { person, bare }: { readonly person: string; readonly bare: boolean },
): Promise<CardTexts> {
  const { locale, timeZone } = ctx.people.get(person) ?? ctx.config.company
  const list = await morningOf(ctx, { id: person, timeZone }, await morningCases(ctx))
  const view = { timeZone, now: ctx.clock.now() }
  const own = inBothLanguages(
    morningCard,
    { ...(await morningData(ctx, person, list)), sent: bare ? 'bare' : 'whole' },
    view,
  )[locale]
  return { zh: own, en: own }
}
