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

/** What a message shows: a case or a storm. */
export type Shown = { readonly case: number } | { readonly storm: number }

/** What a message shows never changes, so it is asked once; what a button says of it is not trusted. */
export function rememberShown(ctx: Context) {
  const known = new Map<string, Shown>()
  return async (message: MessageRef): Promise<Shown | null> => {
    const key = `${message.chat} ${message.channel} ${message.message}`
    const shown = known.get(key) ?? (await shownBy(ctx, message))
    if (shown !== null) known.set(key, shown)
    if (known.size > REMEMBERED) known.delete(known.keys().next().value!)
    return shown
  }
}

async function shownBy({ store }: Context, message: MessageRef): Promise<Shown | null> {
  const no = await store.outbox.caseShownBy(message)
  if (no !== null) return { case: no }
  const storm = await store.outbox.stormShownBy(message)
  return storm === null ? null : { storm }
}

/** The words of a pressed button, about what its message shows: a case is its one word, a storm follows a verb. */
export function wordsPressed(shown: Shown | null, args: string): string {
  if (shown === null) return args
  return 'case' in shown
    ? `A-${shown.case}`
    : args.replace(/^([a-z]+ )?S-\d+/i, (_, verb = '') => `${verb}S-${shown.storm}`)
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
