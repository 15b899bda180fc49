import type { Command } from '../src/command.ts'
import { text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { contactedNote } from '../templates/note.ts'
import { moveFor } from './case/move.ts'
import { type CaseWords, parseCase } from './case/number.ts'

export const contacted: Command<CaseWords> = {
  name: 'contacted',
  summary: text(
    '记下已联系上客户，可附一句话',
    'Note that the customer was reached, with a line if you like',
  ),
  usage: 'contacted A-1042 [note]',
  role: 'csm',
  takes: 'alert',
  parse: (words) => parseCase(words, contacted.usage),
  run: (ctx, request) =>
    moveFor(ctx, request, request.args.no, { verb: 'contacted' }, request.args.rest, ({ no }, view) =>
      inBothLanguages(contactedNote, { no }, view),
    ),
}
