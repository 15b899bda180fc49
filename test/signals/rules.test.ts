import { describe, expect, test } from 'vitest'
import { plainReading } from '../../src/signals/dated.ts'
import { rulesSignal } from '../../src/signals/rules.ts'
import { customerWith, DAY, every, type Life, NOW, profile } from './customer.ts'

const signal = rulesSignal(profile)
const read = (life: Life) => signal.read(customerWith(life))
const hits = (life: Life) =>
  read(life)!.evidence.map((piece) => (piece.kind === 'rule' ? piece.rule : piece.kind))
const day = (fromNow: number) => new Date(NOW + fromNow * DAY).toISOString().slice(0, 10)
const rated = (...ratings: number[]) => ({
  voice: ratings.map((rating, at) => [60 - at * 5, { rating }] as const),
})

const young = { firstPurchase: NOW - 700 * DAY }

describe('the five cold-start rules', () => {
  test.each<[string, Life, string[]]>([
    [
      '(a) four visits in the year before, none in 90 days',
      { events: { visit: [95, 150, 250, 400] } },
      ['visits-stopped'],
    ],
    ['(a) three visits are too few', { events: { visit: [95, 150, 250] } }, []],
    ['(a) one visit in the last 90 days', { events: { visit: [80, 95, 150, 250, 400] } }, []],
    ['(b) two logins a week, none in 60 days', { events: { login: every(3, 240, 61) } }, ['logins-stopped']],
    ['(b) one login a week', { events: { login: every(7, 240, 61) } }, []],
    ['(b) still logging in', { events: { login: [...every(3, 240, 61), 30] } }, []],
    ['(c) a 6 after an average of 8', { events: rated(8, 9, 7, 8, 6) }, ['rating-fell']],
    ['(c) a 7 is not low', { events: rated(8, 9, 7, 8, 7) }, []],
    ['(c) always low', { events: rated(5, 6, 5, 6) }, []],
    [
      '(d) warranty ends',
      { facts: { ...young, attributes: { warranty_end: day(20) } } },
      ['warranty-ending'],
    ],
    [
      '(d) renewed',
      { facts: { ...young, attributes: { warranty_end: day(20), warranty_renewed: true } } },
      [],
    ],
    [
      '(d) renewal event',
      { facts: { ...young, attributes: { warranty_end: day(20) } }, events: { contract_renewed: [5] } },
      [],
    ],
    ['(d) far off', { facts: { ...young, attributes: { warranty_end: day(40) } } }, []],
    [
      '(d) older than three years',
      { facts: { firstPurchase: NOW - 1200 * DAY, attributes: { warranty_end: day(20) } } },
      [],
    ],
    ['(e) a competitor seen', { events: { competitor_seen: [12] } }, ['competitor-seen']],
    ['(e) long ago', { events: { competitor_seen: [31] } }, []],
  ])('%s', (_, life, expected) => {
    expect(hits(life)).toEqual(expected)
  })
})

test('one hit fires, two are strong, and each is told with its numbers in both languages', () => {
  const one = read({ events: { competitor_seen: [3] } })!
  expect(one).toMatchObject({ fired: true, strong: false, strength: 0.5, basis: ['competitor_seen'] })
  expect(plainReading(one).evidence).toEqual([
    {
      at: expect.any(Number),
      kind: 'rule',
      rule: 'competitor-seen',
      sentence: {
        zh: '近 30 天接触竞品 1 次。',
        en: 'Contact with a competitor in the last 30 days (1 in all).',
      },
    },
  ])
  const two = read({ events: { competitor_seen: [12], visit: [95, 150, 250, 400] } })!
  expect(two).toMatchObject({
    fired: true,
    strong: true,
    strength: 0.75,
    basis: ['visit', 'competitor_seen'],
  })
})

test('two rules on the same evidence are one; one that the profile calls strong is strong alone', () => {
  const again = read({ events: { competitor_seen: [12, 3] } })!
  expect(again.evidence).toHaveLength(2)
  expect(again).toMatchObject({ strong: true, independent: 1, strength: 0.5, basis: ['competitor_seen'] })
  const rules = profile.rules.map((rule) => ({ ...rule, strong: false }))
  const plain = rulesSignal({ ...profile, rules }).read(
    customerWith({ events: { competitor_seen: [12, 3] } }),
  )!
  expect(plain).toMatchObject({ fired: true, strong: false })
})

describe('what became of a complaint', () => {
  test.each<[string, Life, string[]]>([
    ['open for over five days', { events: { complaint: [6], ticket_opened: [7] } }, ['complaint-unsettled']],
    ['settled', { events: { complaint: [9], ticket_opened: [10], ticket_resolved: [6] } }, []],
    ['still fresh', { events: { complaint: [4], ticket_opened: [5] } }, []],
    ['long ago', { events: { complaint: [50], ticket_opened: [60] } }, []],
    ['a ticket without a complaint', { events: { ticket_opened: [10] } }, []],
  ])('%s', (_, life, expected) => {
    expect(hits(life)).toEqual(expected)
  })
})

test('a warranty that ran out unrenewed stays a sign for two months', () => {
  const ended = (daysAgo: number, renewed = false) =>
    hits({ facts: { ...young, attributes: { warranty_end: day(-daysAgo), warranty_renewed: renewed } } })
  expect(ended(10)).toEqual(['warranty-lapsed'])
  expect(ended(10, true)).toEqual([])
  expect(ended(70)).toEqual([])
})

test('what is not measured is unknown; a rule that is off says nothing', () => {
  expect(read({ others: false })).toBeNull()
  expect(read({ events: { visit: [10] }, others: false })).toMatchObject({ fired: false, strength: 0 })
  const off = { ...profile, rules: profile.rules.map((rule) => ({ ...rule, enabled: false })) }
  expect(rulesSignal(off).read(customerWith({ events: { competitor_seen: [12] } }))).toBeNull()
})

describe('when it became true', () => {
  const near = (at: number, daysAgo: number) =>
    expect(Math.abs(at - (NOW - daysAgo * DAY))).toBeLessThan(0.1 * DAY)

  test('a silence: the last visit plus 90 days', () => {
    near(read({ events: { visit: [120, 150, 250, 400] } })!.at, 30)
  })

  test('an event: the newest that counts', () => {
    near(read({ events: { competitor_seen: [25, 4] } })!.at, 4)
  })

  test('a date that came near: the day it came within 30 days', () => {
    const at = read({ facts: { ...young, attributes: { warranty_end: day(20) } } })!.at
    expect(NOW - at).toBeGreaterThan(9 * DAY)
    expect(NOW - at).toBeLessThan(11 * DAY)
  })

  // Read at ten and marked retained at a quarter past: the next look must not take it for news.
  test.each([1, 15, 36, 1440])(
    'what holds since a row was read: that moment, asked %d minutes later',
    (later) => {
      const value = day(-10)
      const from = NOW - DAY
      const spells = [{ name: 'warranty_end', value, from }]
      const facts = { ...young, attributes: { warranty_end: value }, spells }
      expect(read({ facts, asOf: from + later * 60_000 })!.at).toBe(from)
    },
  )
})
