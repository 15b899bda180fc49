import { expect, it } from 'vitest'
import type { Alert, SlaClock } from '../../src/alerts/alert.ts'
import type { Locale } from '../../src/text.ts'
import { claimedNote } from '../../templates/note.ts'
import { notUndoneNote, reassignedNote, undoable, undoneNote } from '../../templates/note-after.ts'
import { type ThreadEvent, threadCard } from '../../templates/thread.ts'
import { LIN, NOW, SHEN, view } from './cases.ts'
import { render } from './render.ts'

const both = (of: (locale: Locale) => string): string => `${of('zh')}\n\n${of('en')}`
const soon = new Date(+NOW + 50 * 60_000)
const late = new Date(+NOW - 3 * 3_600_000)
const CLOCKS: readonly SlaClock[] = ['claim', 'reach', 'outcome']

it('tells what the clock does to a case', () => {
  const events: readonly ThreadEvent[] = [
    ...CLOCKS.map((clock) => ({ verb: 'remind', clock, dueAt: soon, name: LIN }) as const),
    { verb: 'remind', clock: 'claim', dueAt: soon, name: null },
    { verb: 'overdue', clock: 'claim', dueAt: late, leadName: SHEN },
    { verb: 'escalate', clock: 'reach', name: SHEN },
    { verb: 'escalate', clock: 'claim', name: null },
    { verb: 'ask', name: LIN },
    { verb: 'release', name: LIN },
    { verb: 'release', name: null },
    ...(['warming', 'flat', 'cooling', 'too-early'] as const).map(
      (course) => ({ verb: 'course', course, day: 8, of: 30 }) as const,
    ),
    { verb: 'reassign', by: LIN, to: SHEN, note: '客户只接下午的电话' },
    { verb: 'undo', by: LIN, undone: 'dismiss' },
  ]
  expect(
    both((locale) => events.map((event) => render(threadCard(event, view(locale)))).join('\n---\n')),
  ).toMatchSnapshot()
})

it('answers who takes something back or hands it over', () => {
  const refusals = ['nothing', 'not-yours', 'too-late', 'overtaken'] as const
  const alert: Pick<Alert, 'no'> = { no: 1042 }
  expect(
    both((locale) =>
      [
        undoable(claimedNote(alert, view(locale)), 1042, 60, locale),
        undoneNote({ no: 1042, undone: 'resolve' }, view(locale)),
        ...refusals.map((refusal) => notUndoneNote({ no: 1042, refusal, seconds: 60 }, view(locale))),
        notUndoneNote({ no: null, refusal: 'nothing', seconds: 60 }, view(locale)),
        reassignedNote({ no: 1042, toName: SHEN }, view(locale)),
      ]
        .map(render)
        .join('\n---\n'),
    ),
  ).toMatchSnapshot()
})
