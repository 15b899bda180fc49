import type { Verb } from '../src/alerts/alert.ts'
import type { UndoRefusal } from '../src/alerts/undo.ts'
import type { Button, Card, Template } from '../src/chat/card.ts'
import type { Locale, Text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { personName } from './names.ts'
import { noteCard } from './note.ts'
import { alertNo, VERB } from './words.ts'

export const undoneNote: Template<{ readonly no: number; readonly undone: Verb }> = (
  { no, undone },
  { locale },
) => {
  const t = speaker(locale)
  return noteCard(
    'ok',
    t(zh`${alertNo(no)} 已撤销`, `${alertNo(no)}: undone`),
    t(
      `“${VERB[undone].zh}”不算数了，一切恢复到之前的样子。`,
      `It is no longer ${VERB[undone].en}; everything stands as it did before.`,
    ),
  )
}

export const notUndoneNote: Template<{
  readonly no: number | null
  readonly refusal: UndoRefusal
  readonly seconds: number
}> = ({ no, refusal, seconds }, { locale }) => {
  const t = speaker(locale)
  const title =
    no === null
      ? t('没有可以撤销的操作', 'There is nothing to undo')
      : t(zh`${alertNo(no)} 没有撤销`, `${alertNo(no)} is not undone`)
  const why: Readonly<Record<UndoRefusal, string>> = {
    nothing: t('最近没有你可以撤销的操作。', 'There is no recent action of yours to take back.'),
    'not-yours': t(
      '最近一步是别人做的，只有本人能撤销。',
      'Someone else made the last move; only they can take it back.',
    ),
    'too-late': t(`操作后 ${seconds} 秒内才能撤销。`, `An action can be undone for ${seconds} seconds.`),
    overtaken: t('之后又有了新的变化，不能再撤销。', 'Something has happened to it since, so it stays.'),
  }
  return noteCard('warn', title, why[refusal])
}

export const reassignedNote: Template<{ readonly no: number; readonly toName: Text }> = (
  { no, toName },
  { locale },
) => {
  const t = speaker(locale)
  const to = personName(toName, locale)
  return noteCard(
    'ok',
    t(zh`${alertNo(no)} 已交给${to}`, `${alertNo(no)} now belongs to ${to}`),
    t('卡片和话题里都会看到。', 'The card and its thread say so.'),
  )
}

export const alreadyTheirsNote: Template<{ readonly no: number; readonly toName: Text }> = (
  { no, toName },
  { locale },
) => {
  const t = speaker(locale)
  const to = personName(toName, locale)
  return noteCard(
    'warn',
    t(zh`${alertNo(no)} 本来就由${to}负责`, `${alertNo(no)} already belongs to ${to}`),
    '',
  )
}

/** The answer to a move, with the way back for as long as there is one. */
export function undoable(card: Card, no: number, seconds: number, locale: Locale): Card {
  const label = speaker(locale)('撤销', 'Undo')
  const back: Button = { command: 'undo', label, style: 'plain', args: alertNo(no), seconds }
  return { ...card, buttons: [...card.buttons, back] }
}
