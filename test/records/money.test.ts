import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minorDigits, moneyDecimal, parseMoney } from '../../src/records/money.ts'

const minor = (words: string, currency = 'CNY') => {
  const money = parseMoney('amount', words, currency)
  return 'value' in money ? money.value.minor : money.reason
}

describe('parseMoney', () => {
  it.each([
    ['12', 'CNY', 1200],
    ['1,234.50', 'CNY', 123450],
    ['1234567.89', 'CNY', 123456789],
    ['¥88', 'CNY', 8800],
    ['￥88.8', 'CNY', 8880],
    ['88 元', 'CNY', 8800],
    ['RMB 88', 'CNY', 8800],
    ['CNY88', 'CNY', 8800],
    ['１２．５', 'CNY', 1250],
    ['.5', 'CNY', 50],
    ['5.', 'CNY', 500],
    ['12.3400', 'CNY', 1234],
    ['-3.20', 'CNY', -320],
    ['−3.20', 'CNY', -320],
    ['-¥3.20', 'CNY', -320],
    ['¥-3.20', 'CNY', -320],
    ['(3.20)', 'CNY', -320],
    ['-0', 'CNY', 0],
    ['¥88', 'JPY', 88],
    ['1.234', 'KWD', 1234],
    ['$1,000', 'USD', 100000],
    ['0.29', 'USD', 29],
    ['90071992547409.91', 'USD', 9007199254740991],
  ])('%s in %s is %d minor units', (words, currency, expected) => {
    expect(minor(words, currency)).toBe(expected)
  })

  it.each([
    ['12x', 'CNY', 'amount "12x" is not a number'],
    ['1,23', 'CNY', 'amount "1,23" is not a number'],
    ['1.234,50', 'EUR', 'amount "1.234,50" is not a number'],
    ['(5', 'CNY', 'amount "(5" is not a number'],
    ['', 'CNY', 'amount "" is not a number'],
    ['NaN', 'CNY', 'amount "NaN" is not a number'],
    ['1e3', 'CNY', 'amount "1e3" is not a number'],
    ['12.345', 'CNY', 'amount "12.345" has more decimals than CNY has (2); round it in the source'],
    ['1.5', 'JPY', 'amount "1.5" has more decimals than JPY has (0); round it in the source'],
    ['$5', 'CNY', 'amount "$5" is in $, but the mapping says CNY; set `currency`'],
    ['USD 5', 'CNY', 'amount "USD 5" is in USD, but the mapping says CNY; set `currency`'],
    ['90071992547409.92', 'USD', 'amount "90071992547409.92" is too large to be kept exactly'],
  ])('%s in %s is refused', (words, currency, reason) => {
    expect(minor(words, currency)).toBe(reason)
  })

  it('reads back every amount it writes, in currencies with 0, 2 and 3 decimals', () => {
    const currency = fc.constantFrom('JPY', 'CNY', 'KWD')
    fc.assert(
      fc.property(fc.maxSafeInteger(), currency, (amount, code) => {
        const money = { minor: amount === 0 ? 0 : amount, currency: code }
        expect(parseMoney('amount', moneyDecimal(money), code)).toEqual({ value: money })
      }),
    )
  })

  it('knows how many decimals a currency has', () => {
    expect([minorDigits('JPY'), minorDigits('CNY'), minorDigits('KWD')]).toEqual([0, 2, 3])
  })
})
