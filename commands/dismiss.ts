import type { Command } from '../src/command.ts'
import { text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { dismissForm } from '../templates/form.ts'
import { dismissedNote } from '../templates/note.ts'
import { askFirst, moveFor } from './case/move.ts'
import { type CaseWords, parseCase } from './case/number.ts'

export const dismiss: Command<CaseWords> = {
  name: 'dismiss',
  summary: text('判断为无风险，写明理由', 'Judge it not a risk, and say why'),
  usage: 'dismiss A-1042 [reason]',
  role: 'csm',
  takes: 'alert',
  parse: (words) => parseCase(words, dismiss.usage),
  run: async (ctx, request) => {
    const { no, rest } = request.args
    const reason = (request.form?.['reason'] ?? rest).trim()
    if (reason === '') return askFirst(ctx, request, no, 'dismiss', dismissForm)
    return moveFor(ctx, request, no, { verb: 'dismiss' }, reason, (alert, view) =>
      inBothLanguages(dismissedNote, { no: alert.no }, view),
    )
  },
}
