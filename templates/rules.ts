import type { Card, Template, View } from '../src/chat/card.ts'
import type { Text } from '../src/text.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import { speaker } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { customerName } from './names.ts'
import { type MoneyView, measured, number } from './numbers.ts'
import { customerNo } from './words.ts'

export interface RuleLine {
  readonly name: string
  readonly when: string
  /** The rule's sentence, the customer's numbers still as `{feature}`. */
  readonly says: Text
  readonly enabled: boolean
  /** Customers it holds for now. */
  readonly fires: number
  /** Cases it took part in, and how many of those were judged to be no risk. */
  readonly cases: number
  readonly dismissed: number
}

export type RulesCardData =
  | { readonly kind: 'list'; readonly rules: readonly RuleLine[] }
  | {
      readonly kind: 'test'
      readonly expression: string
      readonly holds: number
      /** Customers whose numbers are not all known. */
      readonly unknown: number
      readonly of: number
      readonly examples: readonly {
        readonly customer: CustomerFacts
        readonly numbers: readonly { readonly feature: string; readonly value: number }[]
      }[]
      readonly money: MoneyView
    }

/** Rules a card holds. */
const MOST = 20
const MOST_EXAMPLES = 5
/** Longer conditions are read, not tried with one press. UTF-16 units. */
const LONGEST_TRIED = 200

/** The profile's warning rules, and what an expression would fit. */
export const rulesCard: Template<RulesCardData> = (data, view) =>
  data.kind === 'list' ? list(data.rules, view) : tried(data, view)

function list(rules: readonly RuleLine[], view: View): Card {
  const { locale } = view
  const t = speaker(locale)
  const title = t('预警规则', 'Warning rules')
  const count = t(`共 ${rules.length} 条`, `${rules.length} in all`)
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: count,
    blocks: [
      rules.length === 0
        ? { kind: 'text', text: t('这个行业配置没有声明规则。', 'The profile declares no rules.') }
        : {
            kind: 'table',
            columns: t(
              '规则|说法|条件|目前命中|出过的单|判为无风险',
              'Rule|Says|Holds when|Fits now|Cases|Not a risk',
            ).split('|'),
            rows: rules.slice(0, MOST).map((rule) => ({
              cells: [
                `${shown(rule.name, 40)}${rule.enabled ? '' : t('（停用）', ' (off)')}`,
                sentence(rule, view),
                shown(rule.when, 120),
                number(rule.fires, locale),
                number(rule.cases, locale),
                number(rule.dismissed, locale),
              ],
              ...(rule.when.length <= LONGEST_TRIED
                ? { command: `rules test ${shown(rule.when, 200)}` }
                : {}),
            })),
          },
      {
        kind: 'note',
        text: t(
          '试一个条件：rules test visits_90 = 0 and ltv > 0',
          'To try a condition: rules test visits_90 = 0 and ltv > 0',
        ),
      },
    ],
    buttons: [],
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}

/** The sentence with "N" where a customer's number goes. */
function sentence({ says }: RuleLine, { locale }: View): string {
  return shown(says[locale].replace(/\{[^}]*\}/g, 'N'), 100)
}

function tried(data: Extract<RulesCardData, { kind: 'test' }>, view: View): Card {
  const { locale } = view
  const t = speaker(locale)
  const { holds, unknown, of } = data
  const title = t(`符合的客户：${holds} 位（共 ${of} 位）`, `Fits ${holds} of ${of} customers`)
  const note =
    unknown === 0
      ? []
      : [
          {
            kind: 'note' as const,
            text: t(
              `另有 ${unknown} 位缺少需要的数据，无法判断。`,
              `For ${unknown} more the data it needs is missing.`,
            ),
          },
        ]
  return withinLimits({
    accent: 'neutral',
    title,
    blocks: [
      { kind: 'text', text: shown(data.expression, LIMITS.field) },
      ...(data.examples.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              columns: t('例如|数值', 'Such as|Numbers').split('|'),
              rows: data.examples.slice(0, MOST_EXAMPLES).map(({ customer, numbers }) => ({
                cells: [
                  `${customerNo(customer.no)} ${shown(customerName(customer, false, locale), 18)}`,
                  shown(
                    numbers
                      .map(
                        ({ feature, value }) =>
                          `${feature} = ${measured(feature, value, data.money, locale)}`,
                      )
                      .join(', '),
                    120,
                  ),
                ],
                command: `show ${customerNo(customer.no)}`,
              })),
            },
          ]),
      ...note,
    ],
    buttons: [],
    fallback: title,
  })
}
