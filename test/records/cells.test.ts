import { describe, expect, it } from 'vitest'
import { parseAmountOfTime, parseNumber } from '../../src/records/decimal.ts'
import { parseFlag } from '../../src/records/flag.ts'
import { parseChannel, parseLabel, parseValueTier } from '../../src/records/label.ts'
import { isBlank, isPlaceholder, type Parsed, quoted } from '../../src/records/parsed.ts'
import { parseNps, parseRating } from '../../src/records/score.ts'

const got = <T>(parsed: Parsed<T>) => ('value' in parsed ? parsed.value : parsed.reason)

describe('numbers', () => {
  it.each([
    ['12', 12],
    ['-3.5', -3.5],
    ['1,234', 1234],
    ['1e3', 1000],
    ['１２', 12],
    ['-0', 0],
    ['9007199254740991', 9007199254740991],
  ])('%s', (words, value) => expect(got(parseNumber('quantity', words))).toBe(value))

  it.each([
    ['12x', 'quantity "12x" is not a number'],
    ['NaN', 'quantity "NaN" is not a finite number'],
    ['-Infinity', 'quantity "-Infinity" is not a finite number'],
    ['1e400', 'quantity "1e400" is not a finite number'],
    [
      '9007199254740992',
      'quantity "9007199254740992" is too large to be kept exactly (the limit is 2^53 - 1)',
    ],
    ['0x10', 'quantity "0x10" is not a number'],
  ])('%s is refused', (words, reason) => expect(got(parseNumber('quantity', words))).toBe(reason))

  it('refuses negative durations', () => {
    expect(got(parseAmountOfTime('duration', '-1'))).toBe('duration "-1" is negative')
    expect(got(parseAmountOfTime('duration', '90'))).toBe(90)
  })
})

describe('flags', () => {
  it.each(['是', '有', 'yes', 'Y', 'TRUE', '1', 'on'])('%s is yes', (words) => {
    expect(got(parseFlag('member', words))).toBe(true)
  })
  it.each(['否', '没有', 'no', 'N', 'false', '0', 'OFF'])('%s is no', (words) => {
    expect(got(parseFlag('member', words))).toBe(false)
  })
  it('refuses the rest', () => {
    expect(got(parseFlag('member', 'maybe'))).toMatch(/^member "maybe" is neither yes nor no/)
  })
})

describe('scores', () => {
  it('brings every scale to 0-10', () => {
    expect(got(parseRating('rating', '4', 5))).toBe(8)
    expect(got(parseRating('rating', '7', 10))).toBe(7)
    expect(got(parseRating('csat', '85', 100))).toBe(8.5)
    expect(got(parseRating('ces', '7', 7))).toBe(10)
  })

  it('refuses what is off the scale: a zero on five stars means "not rated"', () => {
    expect(got(parseRating('rating', '0', 5))).toMatch(/^rating "0" is outside 1-5; correct the row/)
    expect(got(parseRating('rating', '11', 10))).toMatch(/^rating "11" is outside 0-10/)
    expect(got(parseNps('nps', '11'))).toBe('nps "11" is not a whole number from 0 to 10')
    expect(got(parseNps('nps', '8.5'))).toBe('nps "8.5" is not a whole number from 0 to 10')
    expect(got(parseNps('nps', '9'))).toBe(9)
  })
})

describe('labels', () => {
  it('cleans and trims', () => expect(got(parseLabel('name', '  王\u0000堃\u202e '))).toBe('王堃'))
  it('refuses a name that a conversion destroyed', () => {
    expect(got(parseLabel('name', '王\ufffd'))).toMatch(/left by a wrong conversion/)
  })
  it('refuses a novel', () => expect(got(parseLabel('name', 'x'.repeat(501)))).toMatch(/longer than 500/))
  it('reads tiers in both languages', () => {
    expect(['VIP', '高', 'Medium', '低'].map((words) => got(parseValueTier('valueTier', words)))).toEqual([
      'high',
      'high',
      'mid',
      'low',
    ])
    expect(got(parseValueTier('valueTier', 'gold'))).toMatch(/^valueTier "gold" is not high, mid or low/)
    expect(got(parseValueTier('valueTier', 'constructor'))).toMatch(/is not high/)
  })
  it('knows the six channels', () => {
    expect(got(parseChannel('channel', ' Ticket '))).toBe('ticket')
    expect(got(parseChannel('channel', '工单'))).toMatch(/is not one of ticket, chat, .* under `channels`/)
  })
})

describe('blanks', () => {
  it('tells empty cells from words', () => {
    expect(['', '  ', 'NULL', '\\N'].map(isBlank)).toEqual([true, true, true, true])
    expect(['None', '0', '无'].map(isBlank)).toEqual([false, false, false])
    expect(['None', 'n/a', '-', '无'].map(isPlaceholder)).toEqual([true, true, true, true])
    expect(['0', '无忧'].map(isPlaceholder)).toEqual([false, false])
  })
  it('quotes a broken cell briefly', () => expect(quoted('x'.repeat(1000)).length).toBe(62))
})
