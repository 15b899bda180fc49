import { expect, test } from 'vitest'
import type { Action } from '../../src/alerts/alert.ts'
import { calledByCard, calledByLine } from '../../src/main/called.ts'
import { alertIn, customer } from '../templates/cases.ts'

const people = { people: { all: [], get: () => null, lend: () => {} } } as unknown as Parameters<
  typeof calledByCard
>[0]

// "If the signs return, you will hear at once": a P2 card calls nobody otherwise.
test('a relapse calls who marked the customer retained, whatever its tier', () => {
  const called = (more: object) => calledByCard(people, alertIn('open', { tier: 'P2', ...more }), customer)
  expect(called({ trigger: 'risk', assignee: 'lin' })).toEqual([])
  expect(called({ trigger: 'relapse', assignee: 'lin' })).toEqual(['lin'])
})

test('a watch that cools and one that ends well call their owner; one that goes on calls nobody', () => {
  const watched = alertIn('watch', { owner: 'lin' })
  const line = (verb: Action['verb'], detail: Action['detail'] = {}) =>
    calledByLine({ verb, detail } as Action, watched)
  expect(line('course', { course: 'cooling' })).toBe('lin')
  expect(line('course', { course: 'warming' })).toBeNull()
  expect(line('confirm')).toBe('lin')
})
