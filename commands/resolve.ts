import type { Outcome, RealReason, Result } from '../src/alerts/alert.ts'
import { REAL_REASONS, RESULTS } from '../src/alerts/alert.ts'
import type { Command } from '../src/command.ts'
import { ForeshockError } from '../src/errors.ts'
import { parseMoney } from '../src/records/money.ts'
import { clip, text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { resolveForm } from '../templates/form.ts'
import { offersFor } from '../templates/grant.ts'
import { resolvedNote } from '../templates/note.ts'
import { entitlementMeant, refuseTooMuch } from './case/grant.ts'
import { askFirst, caseByNo, LONGEST_NOTE, moveFor } from './case/move.ts'
import { type CaseWords, parseCase } from './case/number.ts'

export const resolve: Command<CaseWords> = {
  name: 'resolve',
  summary: text(
    '结案：结果（stays / lost / other）、真实原因、做了什么',
    'Close a case: result, real reason, what was done',
  ),
  usage: 'resolve A-1042 [result reason action]',
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
    const { entitlement, words } = entitlementMeant(ctx, said.entitlement)
    const outcome = { ...said, entitlement: words }
    await refuseTooMuch(ctx, request.by, await caseByNo(ctx, no), { ...outcome, entitlement })
    return moveFor(ctx, request, no, { verb: 'resolve', outcome }, outcome.action, (alert, view) => {
      const watchUntil = alert.state === 'watch' ? alert.watchUntil : null
      return inBothLanguages(resolvedNote, { no: alert.no, result: outcome.result, watchUntil }, view)
    })
  },
}

function formFromWords(words: string): Record<string, string> {
  const [result = '', reason = '', ...action] = words.split(/\s+/)
  return { result, reason, action: action.join(' ') }
}

/**
 * Checks what was filled in or typed.
 *
 * @throws ForeshockError BAD_INPUT naming the field and what it takes
 */
export function readOutcome(form: Readonly<Record<string, string>>, currency: string): Outcome {
  const result = oneOf<Result>('result', '结果', form['result'] ?? '', RESULTS)
  const reason = oneOf<RealReason>('real reason', '真实原因', form['reason'] ?? '', REAL_REASONS)
  const words = (name: string): string => clip((form[name] ?? '').trim(), LONGEST_NOTE)
  const action = words('action')
  if (action === '') {
    throw new ForeshockError(
      'BAD_INPUT',
      text('还没写做了什么。', 'What was done is missing.'),
      text('一句话就够，接手的人会看到。', 'One line is enough; whoever follows will read it.'),
    )
  }
  return {
    result,
    reason,
    action,
    entitlement: words('entitlement'),
    reply: words('reply'),
    costMinor: costOf(form['cost'] ?? '', currency),
  }
}

function oneOf<T extends string>(english: string, chinese: string, said: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === said.trim().toLowerCase())
  if (found !== undefined) return found
  throw new ForeshockError(
    'BAD_INPUT',
    said === ''
      ? text(`还没选${chinese}。`, `The ${english} is missing.`)
      : text(`“${said}”不是可选的${chinese}。`, `"${said}" is not a ${english}.`),
    text(`可选：${allowed.join('、')}。`, `Choose one of: ${allowed.join(', ')}.`),
  )
}

function costOf(said: string, currency: string): number {
  if (said.trim() === '') return 0
  const parsed = parseMoney('cost', said, currency)
  if ('value' in parsed && parsed.value.minor >= 0) return parsed.value.minor
  throw new ForeshockError(
    'BAD_INPUT',
    text(`成本“${said}”不是金额。`, `The cost "${said}" is not an amount.`),
    text('请填 0 或正数，例如 280 或 99.50。', 'Give 0 or a positive amount such as 280 or 99.50.'),
  )
}
