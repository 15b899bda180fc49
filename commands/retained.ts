import type { Command } from '../src/command.ts'
import { text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { retainedNote } from '../templates/note.ts'
import { entitlementMeant, refuseTooMuch } from './case/grant.ts'
import { caseByNo, moveFor } from './case/move.ts'
import { type CaseWords, parseCase } from './case/number.ts'
import { readKept, takeFields } from './case/outcome.ts'

export const retained: Command<CaseWords> = {
  name: 'retained',
  summary: text(
    '标记已留住，开始 30 天观察；可写真实原因、给的权益和成本',
    'Mark the customer retained and start the 30-day watch; with the real reason, what was granted and its cost',
  ),
  usage: 'retained A-1042 [note] [reason:service gift:NAME cost:280]',
  role: 'csm',
  takes: 'alert',
  parse: (words) => parseCase(words, retained.usage),
  run: async (ctx, request) => {
    const { no, rest } = request.args
    const form = request.form ?? formFromWords(rest)
    const said = readKept(form, ctx.config.company.currency)
    const move = { verb: 'retained' as const }
    const done: Parameters<typeof moveFor>[5] = (alert, view) =>
      inBothLanguages(retainedNote, { no: alert.no, watchUntil: alert.watchUntil! }, view)
    if (said === null) return moveFor(ctx, request, no, move, form['note'] ?? '', done)
    const { entitlement, written } = entitlementMeant(ctx, said.entitlement)
    await refuseTooMuch(ctx, request.by, await caseByNo(ctx, no), { ...said, entitlement })
    return moveFor(
      ctx,
      request,
      no,
      { ...move, outcome: { ...said, entitlement: written } },
      said.action,
      done,
    )
  },
}

function formFromWords(words: string): Readonly<Record<string, string>> {
  const { rest, fields } = takeFields(words)
  return { ...fields, note: rest }
}
