import type { Alert } from '../src/alerts/alert.ts'
import type { UndoRefusal } from '../src/alerts/undo.ts'
import type { Command, Reply, Request } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { text } from '../src/text.ts'
import { notUndoneNote, undoneNote } from '../templates/note-after.ts'
import { answer, caseByNo } from './case/move.ts'
import { parseCase } from './case/number.ts'

/** The case whose last move is taken back; null: the one I moved last. */
export interface UndoWords {
  readonly no: number | null
}

export const undo: Command<UndoWords> = {
  name: 'undo',
  summary: text('撤销刚才的操作（60 秒内）', 'Take back what you just did (within 60 seconds)'),
  usage: 'undo [A-1042]',
  role: 'csm',
  takes: 'alert',
  parse: (words) => (words.trim() === '' ? { no: null } : { no: parseCase(words, undo.usage).no }),
  run: async (ctx, request) => {
    const alert = await meant(ctx, request)
    const rules = await ctx.caseRules()
    const seconds = rules.undoMs / 1_000
    const refuse = (refusal: UndoRefusal): Reply =>
      answer(ctx, request, notUndoneNote, { no: alert?.no ?? null, refusal, seconds })
    if (alert === null) return refuse('nothing')
    const via = `${request.via.chat}/${request.via.channel}`
    const asked = { person: request.by, via, request: request.id, note: '' }
    const undone = await ctx.store.cases.undo(alert.id, ctx.clock.now(), asked, rules)
    if (!undone.done) return refuse(undone.refusal)
    ctx.wake()
    const last = undone.action ?? (await ctx.store.alerts.lastAction(alert.id))?.action
    return answer(ctx, request, undoneNote, { no: alert.no, undone: last?.detail.undone ?? 'claim' })
  },
}

async function meant(ctx: Context, { args, by }: Request<UndoWords>): Promise<Alert | null> {
  if (args.no !== null) return caseByNo(ctx, args.no)
  const last = await ctx.store.alerts.lastBy(by.id)
  return last === null ? null : ctx.store.alerts.get(last.alert)
}
