import { ownValue } from '../own-value.ts'
import { type Decimal, notANumber, readDecimal } from './decimal.ts'
import { bad, good, type Parsed, plain, quoted } from './parsed.ts'
import type { Money } from './record.ts'

/** Signs people write beside an amount, and the currencies each may stand for. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  '¥': ['CNY', 'JPY'],
  元: ['CNY'],
  人民币: ['CNY'],
  RMB: ['CNY'],
  円: ['JPY'],
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN'],
  US$: ['USD'],
  HK$: ['HKD'],
  NT$: ['TWD'],
  '€': ['EUR'],
  '£': ['GBP'],
  '₩': ['KRW'],
  '₹': ['INR'],
}

const WRITTEN = /^(\()?([+-]?)\s*([^\d\s.,()+-]*)\s*([+-]?)([\d.,]+)\s*([^\d\s.,()+-]*)(\))?$/

/**
 * An amount in exact minor units: "1,234.50", "¥88", "12 元", "(5.00)" for minus five. No floating point is
 * involved; decimals the currency does not have are refused, not rounded.
 */
export function parseMoney(what: string, words: string, currency: string): Parsed<Money> {
  const match = WRITTEN.exec(plain(words))
  if (match === null) return notANumber(what, words)
  const [, opening, before, prefix = '', after, digits = '', suffix = '', closing] = match
  const decimal = readDecimal(digits)
  if (decimal === null || (opening === undefined) !== (closing === undefined)) {
    return notANumber(what, words)
  }
  for (const sign of [prefix, suffix]) {
    if (sign === '' || sign.toUpperCase() === currency) continue
    const meant = ownValue(SIGNS, sign) ?? (/^[A-Z]{3}$/.test(sign) ? [sign] : [])
    if (meant.length === 0) return notANumber(what, words)
    if (!meant.includes(currency)) {
      return bad(
        `${what} ${quoted(words)} 的币种是 ${sign}，映射写的却是 ${currency}；请设置 \`currency\``,
        `${what} ${quoted(words)} is in ${sign}, but the mapping says ${currency}; set \`currency\``,
      )
    }
  }
  return exactly(what, words, decimal, currency, before === '-' || after === '-' || opening !== undefined)
}

function exactly(
  what: string,
  words: string,
  decimal: Decimal,
  currency: string,
  negative: boolean,
): Parsed<Money> {
  const digits = minorDigits(currency)
  const fraction = decimal.fraction.replace(/0+$/, '')
  if (fraction.length > digits) {
    return bad(
      `${what} ${quoted(words)} 的小数位比 ${currency} 的 ${digits} 位多；请在来源处取整`,
      `${what} ${quoted(words)} has more decimals than ${currency} has (${digits}); round it in the source`,
    )
  }
  const minor = Number(BigInt(decimal.whole + fraction.padEnd(digits, '0')))
  if (!Number.isSafeInteger(minor))
    return bad(
      `${what} ${quoted(words)} 太大，无法精确保存`,
      `${what} ${quoted(words)} is too large to be kept exactly`,
    )
  return good({ minor: negative && minor !== 0 ? -minor : minor, currency })
}

const digitsOf = new Map<string, number>()

/** How many decimals a currency has: CNY 2, JPY 0, KWD 3. */
export function minorDigits(currency: string): number {
  let digits = digitsOf.get(currency)
  if (digits === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency })
    digits = format.resolvedOptions().maximumFractionDigits ?? 2
    digitsOf.set(currency, digits)
  }
  return digits
}

/** The amount as a plain decimal, "1234.50": what `parseMoney` reads back to the same minor units. */
export function moneyDecimal(money: Money): string {
  const digits = minorDigits(money.currency)
  const written = String(Math.abs(money.minor)).padStart(digits + 1, '0')
  const sign = money.minor < 0 ? '-' : ''
  if (digits === 0) return sign + written
  return `${sign}${written.slice(0, -digits)}.${written.slice(-digits)}`
}
