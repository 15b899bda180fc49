import { inBothLanguages } from '../../templates/both.ts'
import { stormCard } from '../../templates/storm.ts'
import { type StormLine, stormLine } from '../../templates/storm-notes.ts'
import type { CardTexts, View } from '../chat/card.ts'
import type { Context } from '../context.ts'
import { askedFor, stormView } from '../judging/storm-view.ts'
import type { Storm } from '../sentinel/storm.ts'
import { calling } from './called.ts'

type Seen = Omit<View, 'locale'>

/** A storm's card as it is now; null: there is no such storm. */
export async function stormShown(
  ctx: Context,
  id: string,
  view: Seen,
): Promise<{ readonly card: CardTexts; readonly version: number } | null> {
  const storm = await ctx.store.storms.get(id)
  if (storm === null) return null
  const card = inBothLanguages(stormCard, await stormView(ctx, storm), view)
  const isOpen = storm.owner === null && storm.endedAt === null && storm.closedAt === null
  const called = isOpen ? askedFor(ctx, storm) : []
  return { card: await calling(ctx, card, called), version: storm.version }
}

const LINES: Readonly<Record<string, StormLine['told']>> = {
  'storm-joined': 'joined',
  'storm-closed': 'closed',
  'storm-claimed': 'claimed',
  'storm-ended': 'ended',
}

/** What `storm-joined ID` and its like tell a thread; null: it was taken back meanwhile. */
export async function stormLineOf(ctx: Context, action: string, view: Seen): Promise<CardTexts | null> {
  const [word = '', id = ''] = action.split(' ')
  const told = LINES[word]
  if (told === undefined) return null
  const seen = await stormView(ctx, await knownStorm(ctx, id))
  if (told === 'claimed' && seen.ownerName === null) return null
  return inBothLanguages(stormLine, { ...seen, told }, view)
}

async function knownStorm(ctx: Context, id: string): Promise<Storm> {
  const storm = await ctx.store.storms.get(id)
  if (storm === null) throw new Error(`no storm ${id}`)
  return storm
}
