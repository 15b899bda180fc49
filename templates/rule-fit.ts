import type { Block, Template, View } from '../src/chat/card.ts'
import type { Locale } from '../src/text.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import { speaker } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { customerName } from './names.ts'
import { counted, type MoneyView, measured, money, number } from './numbers.ts'
import { customerNo } from './words.ts'

/** Whom an expression fits now. */
export interface RuleFit {
  readonly expression: string
  readonly holds: number
  /** Customers whose numbers are not all known. */
  readonly unknown: number
  readonly of: number
  readonly examples: readonly {
    readonly customer: CustomerFacts
    readonly numbers: readonly { readonly feature: string; readonly value: number }[]
  }[]
}

const MOST_EXAMPLES = 5

/** What an expression would fit. */
export const ruleFitCard: Template<{ readonly fit: RuleFit; readonly money: MoneyView }> = (
  { fit, money: amounts },
  view,
) => {
  const title = fitSays(fit, view)
  return withinLimits({
    accent: 'neutral',
    title,
    blocks: [{ kind: 'text', text: shown(fit.expression, LIMITS.field) }, ...fitBlocks(fit, amounts, view)],
    buttons: [],
    fallback: title,
  })
}

/** "Fits 12 of 2,000 customers" */
export function fitSays({ holds, of }: RuleFit, { locale }: View): string {
  const some = number(holds, locale)
  return speaker(locale)(
    `符合的客户：${some} 位（共 ${number(of, locale)} 位）`,
    `Fits ${some} of ${counted(of, 'customer')}`,
  )
}

/** Examples with their numbers, and of whom it cannot be told. */
export function fitBlocks(
  { expression, examples, unknown }: RuleFit,
  amounts: MoneyView,
  { locale }: View,
): Block[] {
  const t = speaker(locale)
  const rows = examples.slice(0, MOST_EXAMPLES).map(({ customer, numbers }) => ({
    cells: [
      `${customerNo(customer.no)} ${shown(customerName(customer, false, locale), 18)}`,
      shown(
        numbers
          .map(({ feature, value }) => `${feature} = ${measured(feature, value, amounts, locale)}`)
          .join(', '),
        120,
      ),
    ],
    command: `show ${customerNo(customer.no)}`,
  }))
  return [
    ...(rows.length === 0
      ? []
      : [{ kind: 'table' as const, columns: t('例如|数值', 'Such as|Numbers').split('|'), rows }]),
    ...(unknown === 0
      ? []
      : [
          {
            kind: 'note' as const,
            text: t(
              `另有 ${number(unknown, locale)} 位缺少需要的数据，无法判断。`,
              `For ${number(unknown, locale)} more the data it needs is missing.`,
            ),
          },
        ]),
    ...minorUnits(expression, amounts, locale),
  ]
}

/** Whoever writes `ltv > 100000` means an amount; what that compares with is said wherever one stands. */
function minorUnits(expression: string, { currency, features }: MoneyView, locale: Locale): Block[] {
  const names = expression.match(/[a-z_][a-z0-9_]*/gi) ?? []
  if (!names.some((name) => features?.has(name))) return []
  const example = money(100_000, currency, locale)
  return [
    {
      kind: 'note',
      text: speaker(locale)(
        `条件里的金额按最小货币单位写：100000 即 ${example}。`,
        `Amounts in conditions count in the smallest unit: 100000 is ${example}.`,
      ),
    },
  ]
}
