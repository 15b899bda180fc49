import type { Command } from '../src/command.ts'
import { ForeshockError } from '../src/errors.ts'
import { careOf } from '../src/judging/care-course.ts'
import { text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { stepNote } from '../templates/care-plan.ts'
import { caseSeen } from './case/customer.ts'
import { moveFor } from './case/move.ts'
import { type CaseWords, parseCase } from './case/number.ts'

export const step: Command<CaseWords> = {
  name: 'step',
  summary: text(
    '记下八周计划里到期的一步已经做了，可附一句话',
    'Note that the step of the eight-week plan now due is done, with a line if you like',
  ),
  usage: 'step A-1042 [note]',
  role: 'csm',
  takes: 'alert',
  parse: (words) => parseCase(words, step.usage),
  run: async (ctx, request) => {
    const { no, rest } = request.args
    const { customer, alert } = await caseSeen(ctx, no)
    const [due] = (await careOf(ctx, alert, customer))?.due ?? []
    if (due === undefined) throw nothingDue(no)
    return moveFor(ctx, request, no, { verb: 'step', step: due.name }, rest, async (after, view) =>
      inBothLanguages(stepNote, { no, did: due.says, course: await careOf(ctx, after, customer) }, view),
    )
  },
}

function nothingDue(no: number): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text(`A-${no} 现在没有要做的计划步骤。`, `No step of a plan is due on A-${no}.`),
    text(
      '八周计划只用于高价值且快要离开的客户；步骤做完或还没到时间，也不用记。',
      'The eight-week plan is for customers of high value about to leave; steps done, or still to come, need no note.',
    ),
  )
}
