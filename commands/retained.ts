import type { Command } from '../src/command.ts'
import { text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { retainedNote } from '../templates/note.ts'
import { moveFor } from './case/move.ts'
import { type CaseWords, parseCase } from './case/number.ts'

export const retained: Command<CaseWords> = {
  name: 'retained',
  summary: text('标记已留住，开始 30 天观察', 'Mark the customer retained and start the 30-day watch'),
  usage: 'retained A-1042 [note]',
  role: 'csm',
  takes: 'alert',
  parse: (words) => parseCase(words, retained.usage),
  run: (ctx, request) => {
    const note = request.form?.['note'] ?? request.args.rest
    return moveFor(ctx, request, request.args.no, { verb: 'retained' }, note, (alert, view) =>
      inBothLanguages(retainedNote, { no: alert.no, watchUntil: alert.watchUntil! }, view),
    )
  },
}
