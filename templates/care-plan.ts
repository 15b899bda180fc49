import type { CareCourse } from '../src/alerts/care-plan.ts'
import type { Block, Template, View } from '../src/chat/card.ts'
import type { Text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { noteCard } from './note.ts'
import { day } from './times.ts'
import { alertNo } from './words.ts'

/** Steps named at once. */
const MOST = 3

/** The week of the plan and what it asks for; nothing where there is no plan. */
export function careBlocks(course: CareCourse | null | undefined, view: View): Block[] {
  if (course === null || course === undefined) return []
  const t = speaker(view.locale)
  const title = t(
    `八周计划：第 ${course.week} 周（共 ${course.weeks} 周），已做 ${course.done}/${course.of} 步`,
    `Plan for customers in danger: week ${course.week} of ${course.weeks}, ${course.done} of ${course.of} steps done`,
  )
  if (course.due.length === 0) {
    return [{ kind: 'note', text: `${title}${t('。本周没有要做的。', '. Nothing is due this week.')}` }]
  }
  return [{ kind: 'steps', title, steps: course.due.slice(0, MOST).map((step) => stepSays(step, view)) }]
}

/** "… (by 7 Jun)" */
export function stepSays({ says, dueAt, late }: CareCourse['due'][number], view: View): string {
  const t = speaker(view.locale)
  const until = day(dueAt, view)
  const by = late ? t(zh`已过期，原定${until}`, `overdue since ${until}`) : t(zh`${until}前`, `by ${until}`)
  return shown(`${says[view.locale]}${t('（', ' (')}${by}${t('）', ')')}`, LIMITS.field)
}

/** A step is noted as done; what comes next. */
export const stepNote: Template<{
  readonly no: number
  readonly did: Text
  readonly course: CareCourse | null
}> = ({ no, did, course }, view) => {
  const t = speaker(view.locale)
  const note = noteCard(
    'ok',
    t(zh`${alertNo(no)} 的这一步记下了`, `${alertNo(no)}: the step is noted`),
    did[view.locale],
  )
  return withinLimits({ ...note, blocks: [...note.blocks, ...careBlocks(course, view)] })
}
