import type { View } from '../src/chat/card.ts'
import type { CustomerLine } from '../src/reports/customer-line.ts'
import type { Text } from '../src/text.ts'
import { speaker } from './language.ts'
import { LIMITS, shown } from './limits.ts'
import { customerName, personName } from './names.ts'
import { type MoneyView, roundMoney } from './numbers.ts'
import { customerNo } from './words.ts'

export type ListedCustomer = CustomerLine & { readonly ownerName: Text | null }

/** Who it is, where, whose and how much worth: the first cells of a list of whom to ask or call. */
export function customerCells(row: ListedCustomer, money: MoneyView, { locale }: View): string[] {
  return [
    `${customerNo(row.no)} ${shown(customerName(row, false, locale), 14)}`,
    row.site === null ? '—' : shown(row.site, LIMITS.cell),
    row.ownerName === null ? speaker(locale)('未指定', 'None') : personName(row.ownerName, locale),
    row.ltvMinor === null ? '—' : roundMoney(row.ltvMinor, money.currency, locale),
  ]
}
