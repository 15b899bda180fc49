import type { Command, Request } from '../src/command.ts'
import { ForeshockError } from '../src/errors.ts'
import { nearest, suggestion } from '../src/nearest.ts'
import type { Person } from '../src/records/person.ts'
import { mayActAs } from '../src/records/person.ts'
import { clip, text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { reassignForm } from '../templates/form.ts'
import { alreadyTheirsNote, reassignedNote } from '../templates/note-after.ts'
import { answer, askFirst, caseByNo, moveFor } from './case/move.ts'
import { type CaseWords, parseCase } from './case/number.ts'

export const reassign: Command<CaseWords> = {
  name: 'reassign',
  summary: text('把预警交给另一位同事', 'Hand a case to a colleague'),
  usage: 'reassign A-1042 PERSON [note]',
  role: 'csm',
  takes: 'alert',
  parse: (words) => parseCase(words, reassign.usage),
  run: async (ctx, request) => {
    const { no } = request.args
    const { to: said, note } = wanted(request)
    const { owner } = await caseByNo(ctx, no)
    const takers = ctx.people.all.filter(({ role }) => mayActAs(role, 'csm'))
    const others = takers.filter(({ id }) => id !== owner)
    if (said === '') {
      if (others.length === 0) throw nobodyElse()
      return askFirst(ctx, request, no, 'reassign', (locale) => reassignForm(locale, others))
    }
    const to = personMeant(takers, said, others)
    if (owner === to.id) {
      return answer(ctx, request, alreadyTheirsNote, { no, toName: to.name })
    }
    return moveFor(ctx, request, no, { verb: 'reassign', to: to.id }, note, (alert, view) =>
      inBothLanguages(
        reassignedNote,
        { no: alert.no, toName: ctx.people.get(alert.owner!)?.name ?? to.name },
        view,
      ),
    )
  },
}

/** From the form, or the first word typed; what follows it is the note. */
function wanted({ args, form }: Request<CaseWords>): { to: string; note: string } {
  if (form?.['to'] !== undefined) return { to: form['to'].trim(), note: form['note'] ?? '' }
  const [first = '', ...rest] = args.rest.split(/\s+/)
  return { to: first.replace(/^@/, ''), note: rest.join(' ') }
}

function nobodyElse(): ForeshockError {
  return new ForeshockError(
    'NOT_FOUND',
    text('团队里没有别人能接手。', 'Nobody else in the team can take a case.'),
    text(
      '管理员可以用 role grant 给同事 csm 权限。',
      'An admin makes a colleague a CSM: role grant PERSON csm.',
    ),
  )
}

/** @param others whom it can go to, to be named where nobody is called so */
function personMeant(people: readonly Person[], said: string, others: readonly Person[]): Person {
  const fits = (word: string): boolean => word.toLowerCase() === said.toLowerCase()
  const found = people.filter(
    ({ id, name }) => [id, name.zh, name.en].some(fits) || name.en.split(' ').some(fits),
  )
  if (found.length === 1) return found[0]!
  const shown = clip(said, 40)
  if (found.length > 1) {
    const ids = found.map(({ id }) => id)
    throw new ForeshockError(
      'BAD_INPUT',
      text(`有几位同事都叫“${shown}”。`, `Several people fit "${shown}".`),
      text(`请写其中一个：${ids.join('、')}。`, `Write one of ${ids.join(', ')}.`),
    )
  }
  const near = nearest(
    said,
    others.flatMap(({ id, name }) => [id, name.zh, name.en]),
  )
  const some = others.slice(0, 12)
  if (some.length === 0) throw nobodyElse()
  const ids = some.map(({ id }) => id).join(', ')
  throw new ForeshockError(
    'NOT_FOUND',
    text(`团队里没有能接手的“${shown}”。`, `Nobody called "${shown}" can take a case.`),
    near === null
      ? text(`可以写：${some.map(({ name }) => name.zh).join('、')}。`, `Write one of ${ids}.`)
      : suggestion(near),
  )
}
