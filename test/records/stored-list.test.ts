import { expect, test } from 'vitest'
import { readTries } from '../../src/judging/rule-try.ts'
import { readRuleChanges } from '../../src/signals/rule-changes.ts'
import { readChanges } from '../../src/voice/lexicon-changes.ts'

const DAY = '2026-06-01T00:00:00.000Z'
const OFF = { name: 'visits-stopped', changed: { enabled: false } }
const TRY = { name: 'x', present: 'a = 0', when: 'a = 1', from: DAY, until: DAY, by: 'ye' }

test.each([
  ['rules', readRuleChanges, OFF, { name: 'bbb', when: 'visits_90 = 0', says: { zh: '', en: 'Fan' } }],
  ['words', readChanges, { term: '退款', off: true }, { term: '黑店', class: 'of a class that is gone' }],
  ['tries', readTries, TRY, { ...TRY, until: 'soon' }],
])('of stored %s what does not read is left out and told of, the others hold', (_, read, good, bad) => {
  const left: unknown[] = []
  expect(read([bad, good], (each) => left.push(each))).toEqual([good])
  expect(left).toEqual([bad])
  expect(read(undefined, (each) => left.push(each))).toEqual([])
  expect(left).toHaveLength(1)
})
