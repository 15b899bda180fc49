import { expect, it } from 'vitest'
import { dueOf } from '../../src/store/case-row.ts'

it('of deadlines at one time the claim is waited for first, then the customer, then the outcome', () => {
  const at = new Date('2026-06-08T06:00:00Z')
  const timer = (kind: 'sla-outcome' | 'sla-reach' | 'sla-claim') => ({ kind, at, firedAt: null })
  const timers = [timer('sla-outcome'), timer('sla-reach'), timer('sla-claim')]
  expect(dueOf(timers).map(({ clock }) => clock)).toEqual(['claim', 'reach', 'outcome'])
  const sooner = { ...timer('sla-outcome'), at: new Date(+at - 1) }
  expect(dueOf([...timers, sooner]).map(({ clock }) => clock)[0]).toBe('outcome')
})
