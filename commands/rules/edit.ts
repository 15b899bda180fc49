import { ForeshockError } from '../../src/errors.ts'
import { isCondition } from '../../src/features/condition.ts'
import { checkExpression } from '../../src/features/expression.ts'
import { featureNames } from '../../src/features/feature-list.ts'
import type { Profile } from '../../src/features/profile.ts'
import { nearest } from '../../src/nearest.ts'
import { labelOf } from '../../src/risk/feature-of.ts'
import {
  isOwnRule,
  type OwnRule,
  ownRuleProblems,
  type RuleChange,
  withRules,
} from '../../src/signals/rule-changes.ts'
import { inBoth, type Text, text } from '../../src/text.ts'
import { speaker } from '../../templates/language.ts'
import { moneyFeatures } from '../../templates/numbers.ts'
import type { RuleEdit } from './words.ts'

/** More own rules than these nobody has read. */
const MOST_OWN = 40

/**
 * The changes of the rules with one more.
 *
 * @throws ForeshockError NOT_FOUND for a rule there is not; CONFLICT where nothing would change, or for a name that is taken;
 * BAD_INPUT for an expression that does not read
 */
export function edited(profile: Profile, changes: readonly RuleChange[], edit: RuleEdit): RuleChange[] {
  const { act, name } = edit
  const present = withRules(profile, changes).rules
  const rule = present.find((each) => each.name === name)
  if (act === 'add') {
    if (rule !== undefined) throw taken(name)
    if (changes.filter(isOwnRule).length >= MOST_OWN) throw tooMany()
    return [...changes, ownRule(profile, edit)]
  }
  if (rule === undefined) {
    throw unknownRule(
      name,
      present.map((each) => each.name),
    )
  }
  switch (act) {
    case 'off':
    case 'on': {
      const enabled = act === 'on'
      if (rule.enabled === enabled) throw already(name, enabled)
      return changedBy(profile, changes, name, { enabled })
    }
    case 'change':
      refuseNumber(edit.expression, profile)
      if (rule.when.replace(/\s+/g, ' ').trim() === edit.expression) throw unchanged(name)
      return changedBy(profile, changes, name, { when: edit.expression })
    case 'remove':
      if (!changes.some((change) => isOwnRule(change) && change.name === name)) throw notOwn(name)
      return changes.filter((change) => change.name !== name)
  }
}

/** What a rule says where nobody gave it a title: what it reads, with the customer's numbers. */
function ownRule(profile: Profile, edit: Extract<RuleEdit, { act: 'add' }>): OwnRule {
  refuseNumber(edit.expression, profile)
  const { name, expression: when, title } = edit
  const rule = { name, when, says: title ?? sentenceOf(profile, name, when) }
  const [problem] = ownRuleProblems(profile, rule)
  if (problem === undefined) return rule
  throw new ForeshockError(
    'BAD_INPUT',
    text(`标题里有不认识的指标：${problem}`, `The title reads a feature there is not: ${problem}`),
    text('花括号里只能写指标名，例如 {visits_90}。', 'In braces stand features, such as {visits_90}.'),
  )
}

/** Features whose numbers are named in a sentence. */
const NAMED = 3

function sentenceOf(profile: Profile, name: string, when: string): Text {
  const money = moneyFeatures(profile)
  // An amount is kept in minor units: as a bare number it would be read wrong.
  const uses = checkExpression(when, featureNames(profile)).uses.filter((use) => !money.has(use))
  return inBoth((locale) => {
    const t = speaker(locale)
    const parts = uses.slice(0, NAMED).map((use) => `${labelOf(use, profile)[locale]} {${use}}`)
    const title = t(`符合规则 ${name}`, `Fits the rule ${name}`)
    return parts.length === 0
      ? t(`${title}。`, `${title}.`)
      : `${title}${t('：', ': ')}${parts.join(t('，', ', '))}${t('。', '.')}`
  })
}

/** The changes with a rule's own replaced; one that leaves a rule as the profile has it is no change. */
function changedBy(
  profile: Profile,
  changes: readonly RuleChange[],
  name: string,
  what: { readonly when?: string; readonly enabled?: boolean },
): RuleChange[] {
  const before = changes.flatMap((each) => (!isOwnRule(each) && each.name === name ? [each.changed] : []))
  const rest = changes.filter((each) => isOwnRule(each) || each.name !== name)
  const own = rest.filter(isOwnRule).find((each) => each.name === name)
  const original =
    own === undefined ? profile.rules.find((each) => each.name === name) : { ...own, enabled: true }
  const { when, enabled } = { ...before[0], ...what }
  const changed = {
    ...(when === undefined || when === original?.when ? {} : { when }),
    ...(enabled === undefined || enabled === original?.enabled ? {} : { enabled }),
  }
  return Object.keys(changed).length === 0 ? rest : [...rest, { name, changed }]
}

/** @throws ForeshockError BAD_INPUT for what does not read, or gives a number */
export function refuseNumber(expression: string, profile: Profile): void {
  if (isCondition(expression, featureNames(profile))) return
  throw new ForeshockError(
    'BAD_INPUT',
    text('这个表达式得出的是数值，不是“成立”或“不成立”。', 'The expression gives numbers, not yes or no.'),
    text('请加上比较，例如 visits_90 >= 1。', 'Compare with something, such as visits_90 >= 1.'),
  )
}

/** @param names of the rules there are */
export function unknownRule(name: string, names: readonly string[]): ForeshockError {
  const near = nearest(name, names)
  return new ForeshockError(
    'NOT_FOUND',
    text(`没有规则“${name}”。`, `There is no rule "${name}".`),
    near === null
      ? text('输入 rules 查看全部规则。', 'Type rules to see them all.')
      : text(`是不是“${near}”？`, `Did you mean "${near}"?`),
  )
}

function taken(name: string): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text(`已经有规则“${name}”。`, `There is a rule "${name}" already.`),
    text(`改它的条件用 rules change ${name} …`, `To change its condition: rules change ${name} ...`),
  )
}

function already(name: string, enabled: boolean): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    enabled
      ? text(`规则“${name}”本来就启用着。`, `The rule "${name}" is on already.`)
      : text(`规则“${name}”已经停用了。`, `The rule "${name}" is off already.`),
    enabled
      ? text(`要停用，输入 rules off ${name}。`, `To switch it off, type rules off ${name}.`)
      : text(`要启用，输入 rules on ${name}。`, `To switch it on, type rules on ${name}.`),
  )
}

function unchanged(name: string): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text(`规则“${name}”现在就是这个条件。`, `The rule "${name}" has this condition already.`),
    text('换一个数字再试。', 'Try another number.'),
  )
}

function notOwn(name: string): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text(`规则“${name}”是行业配置自带的，不能删除。`, `The rule "${name}" comes with the profile and stays.`),
    text(`可以停用：rules off ${name}。`, `It can be switched off: rules off ${name}.`),
  )
}

function tooMany(): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text(`自己加的规则最多 ${MOST_OWN} 条。`, `At most ${MOST_OWN} rules of your own.`),
    text(
      '先用 rules remove 去掉不再需要的。',
      'First remove one that is no longer needed, with rules remove.',
    ),
  )
}
