import type { Outcome, RealReason, Result } from '../../src/alerts/alert.ts'
import { REAL_REASONS, RESULTS } from '../../src/alerts/alert.ts'
import { ForeshockError } from '../../src/errors.ts'
import { parseMoney } from '../../src/records/money.ts'
import { clip, type Text, text } from '../../src/text.ts'
import { NOT_SAID } from '../../templates/form.ts'
import { NO_GIFT } from '../../templates/grant.ts'
import { REAL_REASON, RESULT } from '../../templates/words.ts'
import { LONGEST_NOTE } from './move.ts'

type Said = Readonly<Record<string, string>>

/**
 * Checks what was filled in or typed.
 *
 * @throws ForeshockError BAD_INPUT naming the field and what it takes
 */
export function readOutcome(form: Said, currency: string): Outcome {
  const result = oneOf<Result>('result', '结果', form['result'] ?? '', RESULTS, RESULT)
  const reason = reasonOf(form['reason'] ?? '')
  const action = wordsOf(form, 'action')
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
    entitlement: wordsOf(form, 'entitlement'),
    reply: wordsOf(form, 'reply'),
    costMinor: costOf(form['cost'] ?? '', currency),
  }
}

/**
 * What was said of how somebody was kept: the note, and where anything of it was said, the outcome. The result is for the watch
 * to show; until then it is what the team believes.
 *
 * @throws ForeshockError BAD_INPUT naming the field and what it takes
 */
export function readKept(form: Said, currency: string): Outcome | null {
  const said = (name: string, nothing: string): string => {
    const words = wordsOf(form, name)
    return words === nothing ? '' : words
  }
  const [reason, entitlement, reply] = [
    said('reason', NOT_SAID),
    said('entitlement', NO_GIFT),
    said('reply', ''),
  ]
  const costMinor = costOf(form['cost'] ?? '', currency)
  if (reason + entitlement + reply === '' && costMinor === 0) return null
  return {
    ...{ result: 'stays', reason: reasonOf(reason), action: said('note', '') },
    entitlement,
    reply,
    costMinor,
  }
}

/**
 * Takes `reason:service`, `gift:NAME` and `cost:280` out of a typed line, as the form has them; the rest is the note. A cost that
 * were left in the note, for a Chinese keyboard's colon or a blank behind it, would be bound by no limit and counted nowhere.
 */
export function takeFields(words: string): { readonly rest: string; readonly fields: Said } {
  const fields: Record<string, string> = {}
  const rest = words.replace(FIELD, (_, name: string, value: string) => {
    fields[name.toLowerCase() === 'gift' ? 'entitlement' : name.toLowerCase()] = value
    return ''
  })
  return { rest: rest.trim(), fields }
}

const FIELD = /(?:^|\s)(reason|gift|cost)[:：](?:(?<=cost[:：])\s+(?=\D?\d))?(\S+)/gi

const wordsOf = (form: Said, name: string): string => clip((form[name] ?? '').trim(), LONGEST_NOTE)

const reasonOf = (said: string): RealReason =>
  oneOf('real reason', '真实原因', said, REAL_REASONS, REAL_REASON)

/** What is typed is the form's value, what it is called there, or the part of its Chinese name that only it has: 流失. */
function oneOf<T extends string>(
  english: string,
  chinese: string,
  said: string,
  allowed: readonly T[],
  names: Readonly<Record<T, Text>>,
): T {
  const word = said.trim().toLowerCase()
  const [found, ...others] = allowed.filter((each) => {
    const { zh, en } = names[each]
    return each === word || en.toLowerCase() === word || (word.length > 1 && zh.includes(word))
  })
  if (found !== undefined && others.length === 0) return found
  throw new ForeshockError(
    'BAD_INPUT',
    said === ''
      ? text(`还没选${chinese}。`, `The ${english} is missing.`)
      : text(`“${said}”不是可选的${chinese}。`, `"${said}" is not a ${english}.`),
    text(
      `可选：${allowed.map((each) => `${names[each].zh}（${each}）`).join('、')}。`,
      `Choose one of: ${allowed.join(', ')}.`,
    ),
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
