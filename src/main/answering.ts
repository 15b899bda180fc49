import { inBothLanguages } from '../../templates/both.ts'
import { brokenNote, errorNote } from '../../templates/note.ts'
import type { MessageRef } from '../chat/chat.ts'
import type { Reply } from '../command.ts'
import type { Context } from '../context.ts'
import { isExpected } from '../errors.ts'
import type { Person } from '../records/person.ts'
import { clean, clip } from '../text.ts'

/** What every desk does alike, whatever chat it stands in. */

/** Longest line that is kept and answered, in graphemes; no command needs more. */
const LONGEST_LINE = 4_000
/** Things remembered, so that what is asked often is not looked up each time. */
export const REMEMBERED = 1_000

export function lineOf(typed: string): string {
  return clip(clean(typed), LONGEST_LINE)
}

/** Which case a message shows never changes, so it is asked once; what a button says of it is not trusted. */
export function rememberCases(ctx: Context) {
  const known = new Map<string, number>()
  return async (message: MessageRef): Promise<number | null> => {
    const key = `${message.chat} ${message.channel} ${message.message}`
    const no = known.get(key) ?? (await ctx.store.outbox.caseShownBy(message))
    if (no !== null) known.set(key, no)
    if (known.size > REMEMBERED) known.delete(known.keys().next().value!)
    return no
  }
}

/** Always an answer: an expected error explains itself, a bug gets a reference to quote. */
export async function answered(
  ctx: Context,
  by: Pick<Person, 'timeZone'>,
  request: string,
  run: () => Promise<Reply>,
): Promise<Reply> {
  const view = { timeZone: by.timeZone, now: ctx.clock.now() }
  try {
    return await run()
  } catch (error) {
    if (isExpected(error)) return { card: inBothLanguages(errorNote, error.said, view), private: true }
    ctx.log.error({ error, request }, 'a command failed')
    return { card: inBothLanguages(brokenNote, { reference: request.slice(0, 8) }, view), private: true }
  }
}
