import type { Card } from '../chat/card.ts'
import type { ChannelRef } from '../chat/chat.ts'
import type { AnyCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { dispatch } from '../dispatch.ts'
import type { Person } from '../records/person.ts'
import { mayActAs } from '../records/person.ts'
import { answered } from './answering.ts'

/** What a person finds on the bot's own page: their cases, what runs out of time, and how the team stands. */
const PAGES: readonly { readonly command: string; readonly words: string }[] = [
  { command: 'mine', words: '' },
  { command: 'sla', words: '' },
  { command: 'top', words: '10' },
  { command: 'stats', words: 'team' },
]
const MOST = 3

/** The first few of these that the person may see. */
export async function homeOf(
  ctx: Context,
  commands: readonly AnyCommand[],
  by: Person,
  id: string,
  via: ChannelRef,
): Promise<Card[]> {
  const pages = PAGES.filter(({ command }) => {
    const found = commands.find(({ name }) => name === command)
    return found !== undefined && mayActAs(by.role, found.role)
  })
  const chosen = mayActAs(by.role, 'manager') ? pages.filter(({ command }) => command !== 'top') : pages
  const cards: Card[] = []
  for (const { command, words } of chosen.slice(0, MOST)) {
    const asking = { by, via, id, command, words, form: null }
    cards.push((await answered(ctx, by, id, () => dispatch(ctx, commands, asking))).card[by.locale])
  }
  return cards
}
