import type { Form, Template } from '../src/chat/card.ts'
import type { Locale, Text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { withinLimits } from './limits.ts'
import { personName } from './names.ts'
import { noteCard } from './note.ts'
import { alertNo } from './words.ts'

/** A case somebody can be asked about, and who that is. */
export interface Askable {
  readonly no: number
  readonly name: Text
}

/** Which of the cases on the list. Field: case (`A-1042`). */
export function askOwnerForm(locale: Locale, cases: readonly Askable[]): Form {
  const t = speaker(locale)
  const options = cases.map(({ no, name }) => ({
    value: alertNo(no),
    label: `${alertNo(no)} · ${personName(name, locale)}`,
  }))
  return {
    title: t('问负责人', 'Ask the owner'),
    submit: t('去问', 'Ask'),
    fields: [{ kind: 'select', name: 'case', label: t('哪一单', 'Which case'), options }],
  }
}

/** In the case's thread. */
export const askOwnerLine: Template<{ readonly by: Text; readonly name: Text }> = (
  { by, name },
  { locale },
) => {
  const t = speaker(locale)
  const [asker, asked] = [personName(by, locale), personName(name, locale)]
  const line = t(zh`${asker}问${asked}：这单进展如何？`, `${asker} asks ${asked}: how does this one stand?`)
  return withinLimits({ accent: 'neutral', title: line, blocks: [], buttons: [], fallback: line })
}

/** The answer to who asked. */
export const askedOwnerNote: Template<Askable> = ({ no, name }, { locale }) => {
  const t = speaker(locale)
  const who = personName(name, locale)
  return noteCard(
    'ok',
    t(zh`已在 ${alertNo(no)} 的讨论里问${who}`, `${who} is asked in the thread of ${alertNo(no)}`),
    t('同一单一天问一次；回答会写在讨论里。', 'Once a day for each case; the answer comes in the thread.'),
  )
}

/** `ask` alone, with nobody to ask. */
export const nobodyToAskNote: Template<null> = (_, { locale }) => {
  const t = speaker(locale)
  return noteCard(
    'warn',
    t('没有可问的单子', 'There is nobody to ask'),
    t('排行上没有进行中的单子。', 'No case on the ranking is being worked on.'),
  )
}

/** Beside the form that asks which. */
export const whichCaseNote: Template<null> = (_, { locale }) => {
  const t = speaker(locale)
  return noteCard('warn', t('问哪一单？', 'Which case?'), t('请在表单里选。', 'Choose it in the form.'))
}
