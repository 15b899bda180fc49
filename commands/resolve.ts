import type { Command } from '../src/command.ts'
import { text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { resolveForm } from '../templates/form.ts'
import { offersFor } from '../templates/grant.ts'
import { resolvedNote } from '../templates/note.ts'
import { entitlementMeant, refuseTooMuch } from './case/grant.ts'
import { askFirst, caseByNo, moveFor } from './case/move.ts'
import { type CaseWords, parseCase } from './case/number.ts'
import { readOutcome, takeFields } from './case/outcome.ts'

export const resolve: Command<CaseWords> = {
  name: 'resolve',
  summary: text(
    '结案：结果（stays / lost / other）、真实原因、做了什么',
    'Close a case: result, real reason, what was done',
  ),
  usage: 'resolve A-1042 [result reason action] [gift:NAME cost:280]',
  role: 'csm',
  takes: 'alert',
  parse: (words) => parseCase(words, resolve.usage),
  run: async (ctx, request) => {
    const { no, rest } = request.args
    const { currency } = ctx.config.company
    if (request.form === null && rest === '') {
      return askFirst(ctx, request, no, 'resolve', (locale, { tier }) =>
        resolveForm(locale, currency, offersFor(ctx.profile, tier)),
      )
    }
    const said = readOutcome(request.form ?? formFromWords(rest), currency)
    const { entitlement, written } = entitlementMeant(ctx, said.entitlement)
    const outcome = { ...said, entitlement: written }
    await refuseTooMuch(ctx, request.by, await caseByNo(ctx, no), { ...outcome, entitlement })
    return moveFor(ctx, request, no, { verb: 'resolve', outcome }, outcome.action, (alert, view) => {
      const watchUntil = alert.state === 'watch' ? alert.watchUntil : null
      return inBothLanguages(resolvedNote, { no: alert.no, result: outcome.result, watchUntil }, view)
    })
  },
}

function formFromWords(words: string): Readonly<Record<string, string>> {
  const { rest, fields } = takeFields(words)
  const [result = '', reason = '', ...action] = rest.split(/\s+/)
  return { ...fields, result, reason, action: action.join(' ') }
}
