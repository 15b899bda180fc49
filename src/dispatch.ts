import type { ChannelRef } from './chat/chat.ts'
import type { AnyCommand, Reply } from './command.ts'
import type { Context } from './context.ts'
import { correlated } from './log.ts'
import type { Person } from './records/person.ts'
import { mayActAs, notForThem } from './records/person.ts'
import { scopeOf } from './records/scope.ts'
import { clean } from './text.ts'
import { unknownCommand } from './unknown-command.ts'

/** Something a person typed or pressed. */
export interface Asking {
  readonly by: Person
  readonly via: ChannelRef
  readonly id: string
  readonly command: string
  readonly words: string
  readonly form: Readonly<Record<string, string>> | null
}

/**
 * Runs one command for one person. Expected errors (wrong words, no right, not found) are thrown as ForeshockError
 * for the chat to show; everything else is a bug and is logged as one.
 */
export async function dispatch(
  ctx: Context,
  commands: readonly AnyCommand[],
  asking: Asking,
): Promise<Reply> {
  const command = commands.find((each) => each.name === asking.command)
  if (command === undefined)
    throw unknownCommand(
      asking.command,
      commands.map(({ name }) => name),
      asking.words,
    )
  return correlated(asking.id, async () => {
    if (!mayActAs(asking.by.role, command.role)) throw notForThem(command, asking.by)
    const started = performance.now()
    const args: unknown = command.parse(halfWidth(clean(asking.words)))
    const form = asking.form === null ? null : cleanForm(asking.form)
    const reply = await command.run(seenBy(ctx, asking.by), {
      args,
      by: asking.by,
      via: asking.via,
      id: asking.id,
      form,
    })
    ctx.log.info(
      { command: command.name, by: asking.by.id, ms: Math.round(performance.now() - started) },
      'command',
    )
    return reply
  })
}

function cleanForm(form: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, clean(value)]))
}

/** Splits a typed line: `/churn top 20`, `churn top 20` and `top 20` are the same. */
export function splitLine(line: string): { command: string; words: string } {
  const bare = line.trim().replace(/^[/／]?\s*((churn|ｃｈｕｒｎ)(\s+|$))?/i, '')
  const [command = ''] = bare.split(/\s+/, 1)
  // A Chinese keyboard in full-width mode writes ｔｏｐ.
  return {
    command: command.normalize('NFKC').toLowerCase() || 'help',
    words: bare.slice(command.length).trim(),
  }
}

/** Numbers, tiers and days as a Chinese keyboard in full-width mode writes them, Ａ－１００１; sentences stay as they are. */
function halfWidth(words: string): string {
  const isCode = (word: string) => /[０-９Ａ-Ｚａ-ｚ]/.test(word) && /^[!-~！-～]+$/.test(word)
  return words.replace(/\S+/g, (word) => (isCode(word) ? word.normalize('NFKC') : word))
}

/** All that a person's commands may read: of customers and their words only those they are to see. */
export function seenBy(ctx: Context, by: Person): Context {
  const scope = scopeOf(by, ctx.people.all)
  return scope === null ? ctx : { ...ctx, scope, store: { ...ctx.store, ...ctx.store.seen(scope) } }
}
