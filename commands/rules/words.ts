import { ForeshockError } from '../../src/errors.ts'
import { RULE_NAME } from '../../src/features/profile.ts'
import { clip, same, type Text, text } from '../../src/text.ts'
import { firstOf, listPage, unknownAct } from '../case/act-words.ts'

export type RulesWords =
  | { readonly act: 'list'; readonly page: number }
  | { readonly act: 'test'; readonly expression: string }
  | { readonly act: 'undo' }
  /** Null: the step that is proposed now. `false`: the try ends. */
  | { readonly act: 'try'; readonly name: string; readonly expression: string | null | false }
  | RuleEdit

/** A change of a rule; not `confirmed`: what it would do is shown, and nothing is changed. */
export type RuleEdit = { readonly name: string; readonly confirmed: boolean } & (
  | { readonly act: 'add'; readonly expression: string; readonly title: Text | null }
  | { readonly act: 'change'; readonly expression: string }
  | { readonly act: 'off' | 'on' | 'remove' }
)

export const RULES_USAGE =
  'rules [list | test EXPRESSION | add NAME EXPRESSION as 标题/Title | change NAME EXPRESSION | off|on|remove NAME | try NAME [EXPRESSION] | undo]'

const ACTS = ['list', 'test', 'add', 'change', 'off', 'on', 'remove', 'try', 'undo']
/** UTF-16 units of a rule's name; graphemes of its sentence. */
const [LONGEST_NAME, LONGEST_TITLE] = [40, 120]

/** @throws ForeshockError BAD_INPUT */
export function parseRules(words: string): RulesWords {
  const page = listPage(words)
  if (page !== null) return { act: 'list', page }
  const [said, rest] = firstOf(words.trim())
  const act = said.toLowerCase()
  switch (act) {
    case 'undo':
      return { act }
    case 'test':
      return { act, expression: expressionIn(rest, 'rules test visits_90 = 0 and ltv > 0') }
    case 'try':
      return parseTry(rest)
    case 'add':
    case 'change':
    case 'off':
    case 'on':
    case 'remove':
      return parseEdit(act, rest)
    default:
      throw unknownAct('rules', RULES_USAGE, ACTS, said)
  }
}

function parseTry(words: string): RulesWords {
  const [first, rest] = firstOf(words)
  const name = nameIn(first, 'try')
  if (/^(?:stop|停止)$/i.test(rest)) return { act: 'try', name, expression: false }
  return { act: 'try', name, expression: rest === '' ? null : expressionIn(rest, '') }
}

function parseEdit(act: RuleEdit['act'], words: string): RuleEdit {
  const [, plain = '', confirm] = /^([\s\S]*?)(?:\s+(confirm|确认))?$/i.exec(words) ?? []
  const [first, rest] = firstOf(plain)
  const name = nameIn(first, act)
  const confirmed = confirm !== undefined
  if (act === 'change') {
    return { act, name, expression: expressionIn(rest, `rules change ${name} visits_90 <= 1`), confirmed }
  }
  if (act !== 'add') {
    if (rest === '') return { act, name, confirmed }
    throw new ForeshockError(
      'BAD_INPUT',
      text(`“${clip(rest, 40)}”是多余的。`, `"${clip(rest, 40)}" is too much.`),
      text(`这样写：rules ${act} ${name}`, `Write it like this: rules ${act} ${name}`),
    )
  }
  const [, expression = '', title] = /^([\s\S]*?)(?:(?:^|\s+)as(?:\s+([\s\S]+))?)?$/i.exec(rest) ?? []
  return {
    act,
    name,
    expression: expressionIn(
      expression,
      `rules add ${name} visits_90 = 0 and nps_last >= 9 as 老粉不来了/A fan stays away`,
    ),
    title: title === undefined ? null : titleIn(title),
    confirmed,
  }
}

function nameIn(said: string, act: RuleEdit['act'] | 'try'): string {
  const name = said.toLowerCase()
  if (RULE_NAME.test(name) && name.length <= LONGEST_NAME) return name
  throw new ForeshockError(
    'BAD_INPUT',
    said === ''
      ? text('没写是哪条规则。', 'Which rule?')
      : text(`“${clip(said, 40)}”不能作规则名。`, `"${clip(said, 40)}" cannot be a rule's name.`),
    text(
      `规则名用小写字母、数字和连字符，最多 ${LONGEST_NAME} 个字符，例如 rules ${act} fans-stay-away`,
      `Names are lower-case letters, digits and hyphens, ${LONGEST_NAME} at most, as in rules ${act} fans-stay-away`,
    ),
  )
}

function expressionIn(words: string, example: string): string {
  const expression = words.replace(/\s+/g, ' ').trim()
  if (expression !== '') return expression
  throw new ForeshockError(
    'BAD_INPUT',
    text('没写表达式。', 'Which expression?'),
    text(`例如：${example}`, `For example: ${example}`),
  )
}

/** `中文/English`; one language alone, on whichever side, stands for both. */
function titleIn(words: string): Text {
  const [first = '', second = ''] = words.split(/[/／]/, 2).map((part) => clip(part.trim(), LONGEST_TITLE))
  if (first === '' && second === '') {
    throw new ForeshockError(
      'BAD_INPUT',
      text('as 后面没写标题。', 'There is no title behind "as".'),
      text('这样写：as 老粉不来了/A fan stays away', 'Write it like this: as 老粉不来了/A fan stays away'),
    )
  }
  if (first === '' || second === '') return same(first + second)
  return /\p{Script=Han}/u.test(second) && !/\p{Script=Han}/u.test(first)
    ? text(second, first)
    : text(first, second)
}
