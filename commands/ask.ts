import { type Alert, CLOSED } from '../src/alerts/alert.ts'
import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { dayOf } from '../src/records/moment.ts'
import { type Text, text } from '../src/text.ts'
import {
  type Askable,
  askedOwnerNote,
  askOwnerForm,
  nobodyToAskNote,
  whichCaseNote,
} from '../templates/ask-owner.ts'
import { answer, caseByNo, nameOf } from './case/move.ts'
import { parseCase } from './case/number.ts'
import { ranking } from './ranking/ranking.ts'

/** As many of the ranking are offered. */
const OFFERED = 20

export const ask: Command<{ readonly no: number | null }> = {
  name: 'ask',
  summary: text('在讨论里问负责人进展如何', 'Ask whoever has a case how it stands, in its thread'),
  usage: 'ask A-1042',
  role: 'manager',
  takes: 'alert',
  parse: (words) => ({ no: words.trim() === '' ? null : parseCase(words, ask.usage).no }),
  run: async (ctx, request) => {
    const chosen = request.form?.['case']
    const no = chosen === undefined ? request.args.no : parseCase(chosen, ask.usage).no
    if (no === null) {
      const cases = await askable(ctx)
      if (cases.length === 0) return answer(ctx, request, nobodyToAskNote, null)
      const form = { zh: askOwnerForm('zh', cases), en: askOwnerForm('en', cases) }
      return { ...answer(ctx, request, whichCaseNote, null), form }
    }
    const alert = await caseByNo(ctx, no)
    const name = askedOf(ctx, alert)
    if (name === null) throw nobodyHas(no)
    const now = ctx.clock.now()
    // Once a day: the same line of the same person is written once.
    const line = `ask-owner ${request.by.id} ${dayOf(now, ctx.config.company.timeZone)}`
    await ctx.store.outbox.addLine(alert, line, now)
    ctx.wake()
    return answer(ctx, request, askedOwnerNote, { no, name })
  },
}

/** Whom a case that is not over can be asked about; null: nobody has it. */
function askedOf(ctx: Context, { state, owner, assignee }: Alert): Text | null {
  const person = owner ?? assignee
  return person !== null && !CLOSED.includes(state) && ctx.people.get(person) !== null
    ? nameOf(ctx, person)
    : null
}

/** The first cases of the ranking that somebody has. */
async function askable(ctx: Context): Promise<Askable[]> {
  const ranked = (await ranking(ctx, null)).slice(0, OFFERED)
  const cases = await ctx.store.alerts.cases(ranked.map(({ customer }) => customer.id))
  return ranked.flatMap(({ customer }) => {
    const alert = cases.get(customer.id)?.current ?? null
    const name = alert === null ? null : askedOf(ctx, alert)
    return alert === null || name === null ? [] : [{ no: alert.no, name }]
  })
}

function nobodyHas(no: number): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text(`A-${no} 现在没有人负责。`, `Nobody has A-${no} now.`),
    text(`可以交给同事：reassign A-${no} 姓名`, `Hand it to somebody: reassign A-${no} NAME`),
  )
}
