import { describe, expect, it } from 'vitest'
import type { GradedCase, GradedCustomer, Ledger } from '../../src/demo/grade.ts'
import { grade } from '../../src/demo/grade.ts'

const EMPTY: Ledger = {
  days: 30,
  customers: [],
  cases: [],
  claims: 0,
  escalations: { claim: 0, reach: 0, outcome: 0 },
  retained: { marked: 0, confirmed: 0, relapsed: 0 },
  posts: [],
  lost: 0,
  capacity: { daily: 12, busiest: 0, over: 0, deferred: 0 },
}

function customer(id: string, given: Partial<GradedCustomer> = {}): GradedCustomer {
  return { id, alike: null, leaving: null, leaves: null, ...given }
}

function warned(id: string, given: Partial<GradedCase> = {}): GradedCase {
  return { customer: id, tier: 'P1', opened: 0, leaves: null, ...given }
}

describe('the grade', () => {
  it('of nothing is nothing, not zero', () => {
    const { truth, alerts, byCause } = grade(EMPTY)
    expect(alerts).toEqual({ P0: 0, P1: 0, P2: 0 })
    expect(truth).toEqual({
      leavers: 0,
      precision: { P0: null, P1: null, P2: null },
      recall: null,
      earlyIdentified: null,
      medianLeadDays: null,
      medianLeadDaysLateIncluded: null,
      lookAlikes: 0,
      falseAlertsPer1000LookAlikes: null,
    })
    expect(byCause.angry).toEqual({ leavers: 0, alerted: 0, left: 0, early: 0, medianLeadDays: null })
  })

  it('calls a warning right when the customer would leave within 60 days, or has silently stopped already', () => {
    const cases = [
      warned('in 60', { tier: 'P0', opened: 2, leaves: 62 }),
      warned('in 61', { tier: 'P0', opened: 2, leaves: 63 }),
      warned('stays', { tier: 'P0' }),
      warned('stopped', { tier: 'P0', opened: 2, leaves: -40 }),
      warned('soon', { tier: 'P2', leaves: 5 }),
    ]
    const { alerts, truth } = grade({ ...EMPTY, cases })
    expect(alerts).toEqual({ P0: 4, P1: 0, P2: 1 })
    expect(truth.precision).toEqual({ P0: 0.5, P1: null, P2: 1 })
  })

  it('finds who was warned of, and in time: recall over all who leave by 60 days after, early over who left', () => {
    const customers = [
      customer('early', { leaving: 'angry', leaves: 25 }),
      customer('late', { leaving: 'angry', leaves: 10 }),
      customer('missed', { leaving: 'silent', leaves: 29 }),
      customer('still to go', { leaving: 'silent', leaves: 80 }),
      customer('much later', { leaving: 'silent', leaves: 90 }),
      customer('before', { leaving: 'silent', leaves: -1 }),
      customer('stays'),
    ]
    const cases = [
      warned('early', { opened: 9, leaves: 25 }),
      warned('early', { opened: 5, leaves: 25 }),
      warned('late', { opened: 12, leaves: 10 }),
      warned('still to go', { opened: 20, leaves: 80 }),
      warned('before', { opened: 1, leaves: -1 }),
    ]
    const { truth, byCause } = grade({ ...EMPTY, customers, cases })
    expect(truth).toMatchObject({ leavers: 4, recall: 0.75, earlyIdentified: 0.333 })
    expect(truth).toMatchObject({ medianLeadDays: 40, medianLeadDaysLateIncluded: 20 })
    expect(byCause.angry).toEqual({ leavers: 2, alerted: 2, left: 2, early: 1, medianLeadDays: 20 })
    expect(byCause.silent).toEqual({ leavers: 2, alerted: 1, left: 1, early: 0, medianLeadDays: 60 })
  })

  it('counts false warnings of look-alikes a month, each one', () => {
    const customers = [
      ...Array.from({ length: 99 }, (_, index) => customer(`q${index}`, { alike: 'quiet' })),
      customer('loud', { alike: 'complainer' }),
      customer('plain'),
    ]
    const cases = [warned('loud'), warned('loud', { opened: 9 }), warned('q3'), warned('plain')]
    const { truth, byLookAlike } = grade({ ...EMPTY, days: 60, customers, cases })
    expect(truth.lookAlikes).toBe(100)
    expect(truth.falseAlertsPer1000LookAlikes).toBe(15)
    expect(byLookAlike.complainer).toEqual({ customers: 1, falseAlerts: 2 })
    expect(byLookAlike.quiet).toEqual({ customers: 99, falseAlerts: 1 })
  })

  it('sees a card shown twice, and not one that was merely sent twice', () => {
    const posts = [
      { card: 'a', message: '1' },
      { card: 'a', message: '1' },
      { card: 'b', message: '2' },
      { card: 'b', message: '3' },
    ]
    expect(grade({ ...EMPTY, posts, lost: 2 })).toMatchObject({ duplicates: 1, lost: 2 })
  })

  it('passes on what was counted', () => {
    const retained = { marked: 5, confirmed: 2, relapsed: 1 }
    const graded = grade({ ...EMPTY, claims: 7, escalations: { claim: 1, reach: 2, outcome: 3 }, retained })
    expect(graded).toMatchObject({
      claims: 7,
      escalations: 6,
      missed: { claim: 1, reach: 2, outcome: 3 },
      retained,
    })
  })
})
