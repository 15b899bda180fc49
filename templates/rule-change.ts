import type { Template, View } from '../src/chat/card.ts'
import type { Text } from '../src/text.ts'
import { speaker } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { noteCard } from './note.ts'
import { type MoneyView, number } from './numbers.ts'
import { fitBlocks, fitSays, type RuleFit } from './rule-fit.ts'
import { alertsSay, assumed, type Trial, trialBlocks } from './trial.ts'

export type RuleAct = 'add' | 'change' | 'off' | 'on' | 'remove'

export interface RulePreview {
  readonly act: RuleAct
  /** `before`: its condition as it stands; null: there is no such rule yet. */
  readonly rule: { readonly name: string; readonly says: Text; readonly before: string | null }
  readonly fit: RuleFit
  /** Customers whom it fitted on some night of the last days, and how many of those left in that time. */
  readonly past: { readonly days: number; readonly fitted: number; readonly left: number }
  readonly trial: Trial
  readonly judgedByModel: boolean
  readonly names: ReadonlyMap<string, Text>
  readonly money: MoneyView
  /** What follows `rules` to apply it. */
  readonly command: string
}

const ACT: Readonly<Record<RuleAct, Text>> = {
  add: { zh: '增加规则', en: 'add the rule' },
  change: { zh: '改规则', en: 'change the rule' },
  off: { zh: '停用规则', en: 'switch off the rule' },
  on: { zh: '启用规则', en: 'switch on the rule' },
  remove: { zh: '删除规则', en: 'remove the rule' },
}

/** What a change of a rule would do, before anyone decides. */
export const rulePreviewCard: Template<RulePreview> = (data, view) => {
  const { act, rule, fit, past, trial, names, money } = data
  const t = speaker(view.locale)
  const name = shown(rule.name, 40)
  const title = t(`试算：${ACT[act].zh} ${name}`, `Preview: ${ACT[act].en} ${name}`)
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: fitSays(fit, view),
    blocks: [
      {
        kind: 'text',
        text: `${t('还没有生效。', 'Nothing has changed yet. ')}${shown(conditionSays(data), LIMITS.field)}`,
      },
      {
        kind: 'fields',
        fields: [
          { label: t('说法', 'Says'), value: sentence(rule.says, view) },
          {
            label: t(`近 ${past.days} 天`, `Last ${past.days} days`),
            value: t(
              `命中过 ${number(past.fitted, 'zh')} 位，其中 ${number(past.left, 'zh')} 位在此期间流失`,
              `Fitted ${number(past.fitted, 'en')}, of whom ${number(past.left, 'en')} left in that time`,
            ),
          },
        ],
      },
      ...fitBlocks(fit, money, view),
      ...trialBlocks(trial, names, view),
      { kind: 'note', text: assumed(trial.nights, { ...past, judgedByModel: data.judgedByModel }, view) },
      {
        kind: 'note',
        text: t(
          '确认：按下面的按钮，或把同一行再输入一遍，末尾加 confirm。',
          'To apply it, press the button, or type the same line again with confirm at its end.',
        ),
      },
    ],
    buttons: [{ command: 'rules', label: t('就这样改', 'Apply'), style: 'primary', args: data.command }],
    fallback: `${title} · ${alertsSay(trial, view)}`,
  })
}

/** "visits_90 = 0 → visits_90 <= 1", or the condition alone. */
function conditionSays({ act, rule, fit }: RulePreview): string {
  const now = fit.expression.trim()
  return act === 'change' && rule.before !== null ? `${rule.before} → ${now}` : now
}

/** A rule's sentence with "N" where a customer's number goes. */
export function sentence(says: Text, { locale }: View): string {
  return shown(says[locale].replace(/\{[^}]*\}/g, 'N'), 100)
}

const DONE: Readonly<Record<RuleAct, Text>> = {
  add: { zh: '已增加规则', en: 'Rule added:' },
  change: { zh: '已改规则', en: 'Rule changed:' },
  off: { zh: '已停用规则', en: 'Rule switched off:' },
  on: { zh: '已启用规则', en: 'Rule switched on:' },
  remove: { zh: '已删除规则', en: 'Rule removed:' },
}

/** It holds from now on. */
export const ruleChangedCard: Template<{ readonly act: RuleAct; readonly name: string }> = (
  { act, name },
  { locale },
) => {
  const t = speaker(locale)
  return noteCard(
    'ok',
    `${DONE[act][locale]} ${shown(name, 40)}`,
    t(
      '下一次评估起生效，新到的反馈马上按它判断。要撤回，输入 rules undo。',
      'It counts from the next scoring on, and at once for voices that come in. To take it back, type rules undo.',
    ),
  )
}

/** The last change of the rules was taken back. */
export const rulesBackNote: Template<object> = (_, { locale }) => {
  const t = speaker(locale)
  return noteCard(
    'ok',
    t('规则的上一次修改已撤回', 'The last change of the rules is taken back'),
    t('输入 rules 查看现在的规则。', 'Type rules to see them as they stand.'),
  )
}
