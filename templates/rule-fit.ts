import type { Block, Template, View } from '../src/chat/card.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import { speaker } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { customerName } from './names.ts'
import { type MoneyView, measured } from './numbers.ts'
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
  { fit, money },
  view,
) => {
  const title = fitSays(fit, view)
  return withinLimits({
    accent: 'neutral',
    title,
    blocks: [{ kind: 'text', text: shown(fit.expression, LIMITS.field) }, ...fitBlocks(fit, money, view)],
    buttons: [],
    fallback: title,
  })
}

/** "Fits 12 of 2000 customers" */
export function fitSays({ holds, of }: RuleFit, { locale }: View): string {
  return speaker(locale)(`符合的客户：${holds} 位（共 ${of} 位）`, `Fits ${holds} of ${of} customers`)
}

/** Examples with their numbers, and of whom it cannot be told. */
export function fitBlocks({ examples, unknown }: RuleFit, money: MoneyView, { locale }: View): Block[] {
  const t = speaker(locale)
  const rows = examples.slice(0, MOST_EXAMPLES).map(({ customer, numbers }) => ({
    cells: [
      `${customerNo(customer.no)} ${shown(customerName(customer, false, locale), 18)}`,
      shown(
        numbers
          .map(({ feature, value }) => `${feature} = ${measured(feature, value, money, locale)}`)
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
              `另有 ${unknown} 位缺少需要的数据，无法判断。`,
              `For ${unknown} more the data it needs is missing.`,
            ),
          },
        ]),
  ]
}
