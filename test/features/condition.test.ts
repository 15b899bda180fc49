import { expect, test } from 'vitest'
import { isCondition } from '../../src/features/condition.ts'

const KNOWN = ['visits', 'ltv']

test.each([
  ['visits = 0', true],
  ['visits = 0 and ltv', true],
  ['not visits', true],
  ['(visits > 1)', true],
  ['known(ltv)', true],
  ['if(ltv > 0, visits > 1, visits > 2)', true],
  ['coalesce(visits > 1, 0)', true],
  ['visits', false],
  ['visits - 1', false],
  ['1', false],
  ['-(visits > 1)', false],
  ['if(ltv > 0, visits, 1)', false],
  ['max(visits > 1, ltv > 1)', false],
])('%s asks something: %s', (source, expected) => {
  expect(isCondition(source, KNOWN)).toBe(expected)
})
