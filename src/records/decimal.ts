import { bad, good, type Parsed, plain, quoted, type Refused } from './parsed.ts'

/** A decimal number as written, digit by digit: nothing has been rounded yet. */
export interface Decimal {
  readonly negative: boolean
  readonly whole: string
  readonly fraction: string
}

const DECIMAL = /^([+-]?)(?:(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?|\.(\d+))$/

/** "1,234.50", "-3", ".5"; a comma counts only where it separates thousands. Null: not a decimal number. */
export function readDecimal(words: string): Decimal | null {
  const match = DECIMAL.exec(words)
  if (match === null) return null
  const [, sign, whole = '0', fraction, bare] = match
  return { negative: sign === '-', whole: whole.replaceAll(',', ''), fraction: fraction ?? bare ?? '' }
}

const EXPONENT = /^[+-]?(?:\d+\.?\d*|\.\d+)e[+-]?\d+$/i
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity)$/i

/** What should be a number is none. */
export function notANumber(what: string, words: string): Refused {
  return bad(`${what} ${quoted(words)} 不是数字`, `${what} ${quoted(words)} is not a number`)
}

/** A finite number. Integers beyond 2^53 are refused because they would silently become another number. */
export function parseNumber(what: string, words: string): Parsed<number> {
  const written = plain(words)
  const notFinite = () =>
    bad(`${what} ${quoted(words)} 不是有限的数字`, `${what} ${quoted(words)} is not a finite number`)
  if (NOT_FINITE.test(written)) return notFinite()
  const decimal = readDecimal(written)
  if (decimal === null && !EXPONENT.test(written)) return notANumber(what, words)
  const value = Number(written.replaceAll(',', ''))
  if (!Number.isFinite(value)) return notFinite()
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    return bad(
      `${what} ${quoted(words)} 太大，无法精确保存（上限 2^53 - 1）`,
      `${what} ${quoted(words)} is too large to be kept exactly (the limit is 2^53 - 1)`,
    )
  }
  return good(value === 0 ? 0 : value)
}

/** A finite number of at least zero, for durations. */
export function parseAmountOfTime(what: string, words: string): Parsed<number> {
  const number = parseNumber(what, words)
  if ('value' in number && number.value < 0)
    return bad(`${what} ${quoted(words)} 是负数`, `${what} ${quoted(words)} is negative`)
  return number
}
