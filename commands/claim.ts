import { type Alert, CLOSED } from '../src/alerts/alert.ts'
import type { Command } from '../src/command.ts'
import { text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { claimedCard } from '../templates/call-pack.ts'
import { callPack } from './case/call-pack.ts'
import { answer, moveFor } from './case/move.ts'
import { type CaseWords, parseCase } from './case/number.ts'

export const claim: Command<CaseWords> = {
  name: 'claim',
  summary: text('认领一个预警，由你跟进', 'Take a case: it is yours to work'),
  usage: 'claim A-1042',
  role: 'csm',
  takes: 'alert',
  parse: (words) => parseCase(words, claim.usage),
  run: (ctx, request) => {
    const { no, rest } = request.args
    const packed = async (alert: Alert) => ({ no: alert.no, pack: await callPack(ctx, alert, request.by) })
    return moveFor(
      ctx,
      request,
      no,
      { verb: 'claim' },
      rest,
      async (alert, view) => inBothLanguages(claimedCard, await packed(alert), view),
      (alert) => {
        if (alert.owner !== request.by.id || CLOSED.includes(alert.state)) return null
        return packed(alert).then((data) => answer(ctx, request, claimedCard, { ...data, again: true }))
      },
    )
  },
}
