import { describe, expect, test } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { characteristicTerms } from '../../src/reports/characteristic.ts'
import { followedBeside } from '../../src/reports/followed.ts'
import { effectSpan, themeEffect } from '../../src/reports/theme-effect.ts'
import { rankTopics, type TopicSums } from '../../src/reports/topic-rank.ts'

const topic = (name: string, more: Partial<TopicSums> = {}): TopicSums => ({
  ...{ topic: name, count: 20, negative: 10, before: 20, negativeBefore: 10 },
  ...{ severity: 10, unhappy: 10, valued: 10, valueMinor: 1_000 },
  ...more,
})
const read = { now: 100, before: 100 }
const order = (topics: readonly TopicSums[]) => rankTopics(topics, read).map((each) => each.topic)

describe('topics by how much they hurt', () => {
  test('more often, worse, or dearer comes first', () => {
    expect(order([topic('a'), topic('b', { negative: 20, severity: 20 })])).toEqual(['b', 'a'])
    expect(order([topic('a'), topic('b', { severity: 30 })])).toEqual(['b', 'a'])
    expect(order([topic('a'), topic('b', { valueMinor: 9_000 })])).toEqual(['b', 'a'])
  })

  test('the weight is the product, of the first; praise weighs nothing', () => {
    const praise = { negative: 0, severity: 0, unhappy: 0, valued: 0, valueMinor: 0 }
    const graver = topic('graver', { negative: 6, severity: 12 })
    const often = topic('often', { negative: 8, severity: 8 })
    const ranked = rankTopics([topic('praised', praise), often, graver], read)
    expect(ranked.map((each) => [each.topic, each.frequency, each.meanSeverity, each.weight])).toEqual([
      ['graver', 60, 2, 1],
      ['often', 80, 1, expect.closeTo(80 / 120, 9)],
      ['praised', 0, 0, 0],
    ])
  })

  test('a customer whose value is not known counts as the mean of those that are; none known: as one', () => {
    const [half] = rankTopics([topic('a', { unhappy: 10, valued: 5, valueMinor: 500 })], read)
    expect(half!.atStakeMinor).toBe(1_000)
    const unknown = { valued: 0, valueMinor: 0 }
    const ranked = rankTopics([topic('a', unknown), topic('b', { ...unknown, unhappy: 12 })], read)
    expect(ranked.map((each) => [each.topic, each.atStakeMinor])).toEqual([
      ['b', null],
      ['a', null],
    ])
  })

  test('too few for a share have none; what was not said now is not in the list', () => {
    const [few] = rankTopics([topic('a', { count: 9, negative: 9 }), topic('gone', { count: 0 })], read)
    expect(few!.bad).toBeNull()
    expect(order([topic('gone', { count: 0 })])).toEqual([])
    expect(rankTopics([topic('a')], { now: 100, before: 9 })[0]!.change).toBeNull()
  })
})

describe('what a group speaks of more than the others', () => {
  const counts = [
    { group: 'east', term: 'waiting', count: 40 },
    { group: 'east', term: 'price', count: 60 },
    { group: 'west', term: 'waiting', count: 5 },
    { group: 'west', term: 'price', count: 65 },
    { group: 'west', term: 'child', count: 2 },
  ]
  test('is neither the commonest nor the rarest', () => {
    const found = characteristicTerms(counts, 3)
    expect(found.get('east')!.map(({ term }) => term)).toEqual(['waiting'])
    expect(found.get('east')![0]!.z).toBeGreaterThan(3)
    expect(found.get('west')!.map(({ term }) => term)).toEqual(['price'])
  })
  test('is nothing where all speak alike, or nobody does', () => {
    const alike = counts.slice(0, 2).flatMap((each) => [each, { ...each, group: 'west' }])
    expect(characteristicTerms(alike, 3).size).toBe(0)
    expect(characteristicTerms([], 3).size).toBe(0)
    expect(characteristicTerms([{ group: 'east', term: 'a', count: 50 }], 3).size).toBe(0)
  })
})

test('what followed is held against those who spoke of other things, once both are enough', () => {
  const voiced = { alertable: 50, alerted: 30, leavable: 9, left: 9 }
  const others = { alertable: 100, alerted: 10, leavable: 90, left: 5 }
  const { alerted, left } = followedBeside(voiced, others)
  expect(alerted.difference).toMatchObject({ by: 0.5, clear: true })
  expect([left.voiced.estimate, left.difference, left.voiced.of]).toEqual([null, null, 9])
})

describe('before and after something was mended', () => {
  const done = new Date('2026-06-01T00:00:00Z')
  const since = (days: number) => effectSpan(done, new Date(+done + days * DAY))
  test('as many whole weeks on each side as have passed, at most eight', () => {
    expect(since(6)).toBeNull()
    expect(since(20)).toMatchObject({ weeks: 2, from: new Date(+done - 14 * DAY) })
    expect(since(300)!.weeks).toBe(8)
  })
  test('tells the change with its range, and nothing of too few', () => {
    const effect = themeEffect(
      4,
      { read: 200, about: 60, negative: 50 },
      { read: 200, about: 12, negative: 5 },
    )
    expect(effect.complaints.change).toMatchObject({ by: expect.closeTo(-0.225, 9), clear: true })
    const few = themeEffect(4, { read: 200, about: 9, negative: 9 }, { read: 0, about: 0, negative: 0 })
    expect([few.bad.before, few.complaints.after, few.complaints.change]).toEqual([null, null, null])
  })
})
