import type { Alert, Verb } from '../../src/alerts/alert.ts'
import type { Move } from '../../src/alerts/move.ts'
import type { Refusal } from '../../src/alerts/transition.ts'
import { refuses, transitionOf } from '../../src/alerts/transition.ts'
import type { CardTexts, Form, Template, View } from '../../src/chat/card.ts'
import type { Reply, Request } from '../../src/command.ts'
import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { mayActAs } from '../../src/records/person.ts'
import { clip, type Locale, text } from '../../src/text.ts'
import { inBothLanguages } from '../../templates/both.ts'
import { askNote, refusedNote } from '../../templates/note.ts'
import { undoable } from '../../templates/note-after.ts'

/** Enough for a story, not for a pasted mailbox. Graphemes. */
export const LONGEST_NOTE = 1_000

/**
 * Makes one person's move on one case and answers them: what was done, or politely why not. The case's cards are
 * brought up to date by the outbox.
 */
export async function moveFor(
  ctx: Context,
  request: Request<unknown>,
  no: number,
  move: Omit<Move, 'by' | 'at'>,
  note: string,
  done: (alert: Alert, view: Omit<View, 'locale'>) => CardTexts | Promise<CardTexts>,
  /** A better answer than a plain no, where there is one. */
  instead?: (alert: Alert) => Promise<Reply> | null,
): Promise<Reply> {
  const rules = await ctx.caseRules()
  const asked = {
    person: request.by,
    via: `${request.via.chat}/${request.via.channel}`,
    request: request.id,
    note: clip(note.trim(), LONGEST_NOTE),
  }
  const made = { ...move, by: request.by.id, at: ctx.clock.now() }
  const moved = await ctx.store.cases.moveNo(no, made, asked, rules)
  if (moved === null) throw noCase(no)
  if (!moved.done)
    return (await instead?.(moved.alert)) ?? refused(ctx, request, moved.alert, move.verb, moved.refusal)
  ctx.wake()
  const { zh, en } = await done(moved.alert, viewFor(ctx, request))
  const seconds = rules.undoMs / 1_000
  return {
    card: { zh: undoable(zh, no, seconds, 'zh'), en: undoable(en, no, seconds, 'en') },
    private: true,
  }
}

/** A verb that needs more than a press: the form, unless the case would refuse the verb whatever is filled in. */
export async function askFirst(
  ctx: Context,
  request: Request<unknown>,
  no: number,
  verb: Verb,
  form: (locale: Locale, alert: Alert) => Form,
): Promise<Reply> {
  const alert = await caseByNo(ctx, no)
  const refusal = refuses(verb, alert, request.by, mayActAs)
  if (refusal !== null) return refused(ctx, request, alert, verb, refusal)
  return { ...answer(ctx, request, askNote, { no }), form: { zh: form('zh', alert), en: form('en', alert) } }
}

async function refused(
  ctx: Context,
  request: Request<unknown>,
  alert: Alert,
  verb: Verb,
  refusal: Refusal,
): Promise<Reply> {
  const { no, state, claimedAt } = alert
  const role = transitionOf(verb).role ?? 'csm'
  const next = state === 'relapsed' ? await ctx.store.alerts.successor(alert.id) : null
  const ownerName = nameOf(ctx, alert.owner)
  const data = { refusal, no, verb, state, ownerName, claimedAt, role, relapseNo: next?.no ?? null }
  return answer(ctx, request, refusedNote, data)
}

/** @throws ForeshockError NOT_FOUND */
export async function caseByNo(ctx: Context, no: number): Promise<Alert> {
  const alert = await ctx.store.alerts.byNo(no)
  if (alert === null) throw noCase(no)
  return alert
}

function noCase(no: number): ForeshockError {
  return new ForeshockError(
    'NOT_FOUND',
    text(`没有 A-${no} 这个单子。`, `There is no case A-${no}.`),
    text('输入 mine 看你的单子，或 top 看风险排行。', 'Type mine for your cases, or top for the ranking.'),
  )
}

/** How answers to this person are written. */
export function viewFor(ctx: Context, request: Request<unknown>): Omit<View, 'locale'> {
  return { timeZone: request.by.timeZone, now: ctx.clock.now() }
}

/** A private answer from a template. */
export function answer<T>(ctx: Context, request: Request<unknown>, template: Template<T>, data: T): Reply {
  return { card: inBothLanguages(template, data, viewFor(ctx, request)), private: true }
}

export function nameOf(ctx: Context, person: string | null) {
  return person === null ? null : (ctx.people.get(person)?.name ?? { zh: person, en: person })
}
