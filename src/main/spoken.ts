import type { Deed } from '../chat/inbound.ts'
import type { Context } from '../context.ts'
import { lineOf } from './answering.ts'

/** A mention as Slack's and Lark's adapters leave it: `@U024BE7LH`, `@ou_84aad35d`. */
const MENTION = /@((?:[UW][A-Z0-9]{2,20}|ou_[0-9a-z]{2,60}))(?!\w)/g

/** What a person typed on a platform, colleagues whom they mentioned by their ids here; others by their names there. */
export async function spoken(
  ctx: Context,
  chat: string,
  { line, named = {} }: Extract<Deed, { kind: 'say' }>,
): Promise<string> {
  const typed = lineOf(line)
  if (typed.search(MENTION) < 0) return typed
  const configured = ctx.config.people.flatMap(({ id, slack, lark }) => [
    [chat === 'slack' ? slack : chat === 'lark' ? lark : undefined, id] as const,
  ])
  const linked = await ctx.store.chatUsers.linked()
  const persons = new Map([
    ...configured,
    ...linked.flatMap((account) => (account.chat === chat ? [[account.user, account.person] as const] : [])),
  ])
  return typed.replace(MENTION, (whole, user: string) => persons.get(user) ?? named[user] ?? whole)
}
