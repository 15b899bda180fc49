import type { Command } from '../src/command.ts'
import { text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { claimedCard } from '../templates/call-pack.ts'
import { callPack } from './case/call-pack.ts'
import { moveFor } from './case/move.ts'
import { type CaseWords, parseCase } from './case/number.ts'

export const claim: Command<CaseWords> = {
  name: 'claim',
  summary: text('认领一个预警，由你跟进', 'Take a case: it is yours to work'),
  usage: 'claim A-1042',
  role: 'csm',
  takes: 'alert',
  parse: (words) => parseCase(words, claim.usage),
  run: (ctx, request) =>
    moveFor(ctx, request, request.args.no, { verb: 'claim' }, request.args.rest, async (alert, view) =>
      inBothLanguages(claimedCard, { no: alert.no, pack: await callPack(ctx, alert) }, view),
    ),
}
