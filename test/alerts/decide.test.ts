import { describe, expect, it } from 'vitest'
import type { AlertState } from '../../src/alerts/alert.ts'
import { decide } from '../../src/alerts/decide.ts'
import type { Tier } from '../../src/risk/assessment.ts'
import { caseIn, DAY, fired, judged, later, said, silent } from './cases.ts'

const none = { current: null, lastClosed: null }
const open = (tier: 'P0' | 'P1' | 'P2', state: AlertState = 'open') => ({
  current: caseIn(state, { tier, assessment: judged(tier, [fired('words')]) }),
  lastClosed: null,
})
const closed = (tier: 'P0' | 'P1' | 'P2', state: AlertState = 'dismissed') => ({
  current: null,
  lastClosed: caseIn(state, { tier, closedAt: later(5 * DAY) }),
})

describe('what an assessment means for a customer without a case', () => {
  it.each(['watch', 'routine'] as const)('%s opens none', (tier) => {
    expect(decide(judged(tier), none)).toEqual({ act: 'none', reason: 'no-alert-tier' })
    expect(decide(judged(tier), open('P0'))).toEqual({ act: 'none', reason: 'no-alert-tier' })
  })
  it.each(['P0', 'P1', 'P2'] as const)('%s opens one', (tier) => {
    expect(decide(judged(tier), none)).toEqual({ act: 'open', reason: 'new-risk', tier })
  })
})

describe('for a customer with a case', () => {
  const working: AlertState[] = ['open', 'claimed', 'contacted', 'snoozed']
  it.each(working)('%s: the same again is no news', (state) => {
    expect(decide(judged('P1'), open('P1', state))).toEqual({ act: 'none', reason: 'already-open' })
  })
  it.each(working)('%s: a better tier leaves the case as it is', (state) => {
    expect(decide(judged('P2'), open('P1', state))).toEqual({ act: 'none', reason: 'already-open' })
  })
  it.each(working)('%s: a worse tier raises it', (state) => {
    expect(decide(judged('P0'), open('P1', state))).toEqual({
      act: 'worsen',
      reason: 'worse-tier',
      tier: 'P0',
    })
  })
  it('a new kind of signal raises it and keeps the worst tier it had', () => {
    const more = judged('P2', [fired('words'), fired('rules')])
    expect(decide(more, open('P1'))).toEqual({ act: 'worsen', reason: 'new-signal', tier: 'P1' })
  })
  it('graver words raise it, and so does who says of high value that they go; milder ones do not', () => {
    const told = (wordClass: 'strong-negative' | 'strong-churn') => ({
      current: caseIn('open', { tier: 'P0', assessment: judged('P0', [fired('emotion'), said(wordClass)]) }),
      lastClosed: null,
    })
    const leaving = judged('P0', [fired('emotion'), said('strong-churn')])
    const raised = { act: 'worsen', reason: 'graver-words', tier: 'P0' }
    expect(decide(leaving, told('strong-negative'))).toEqual(raised)
    expect(decide({ ...leaving, reason: 'strong-word-high-value' }, told('strong-churn'))).toEqual(raised)
    expect(decide(leaving, told('strong-churn'))).toMatchObject({ reason: 'already-open' })
    const milder = judged('P0', [fired('emotion'), said('strong-negative')])
    expect(decide(milder, told('strong-churn'))).toMatchObject({ reason: 'already-open' })
  })
  it('a signal that stays silent is not new, and newer evidence of a known kind is not either', () => {
    const same = judged('P1', [fired('words', 3), silent('rules')])
    expect(decide(same, open('P1'))).toEqual({ act: 'none', reason: 'already-open' })
  })
  it.each(working)(
    '%s: whoever works it is told when the customer leaves, and when they come back, once',
    (state) => {
      const gone = judged('routine', [], { reason: 'already-gone' })
      const told = { current: caseIn(state, { tier: 'P1', assessment: gone }), lastClosed: null }
      expect(decide(gone, open('P1', state))).toEqual({ act: 'worsen', reason: 'left', tier: 'P1' })
      expect(decide(gone, told)).toEqual({ act: 'none', reason: 'no-alert-tier' })
      expect(decide(judged('routine', []), told)).toEqual({ act: 'worsen', reason: 'back', tier: 'P1' })
      expect(decide(judged('P1'), told)).toEqual({ act: 'worsen', reason: 'back', tier: 'P1' })
      expect(decide(judged('P0'), told)).toEqual({ act: 'worsen', reason: 'worse-tier', tier: 'P0' })
    },
  )
  it('the retained watch belongs to the follow-up, whatever is found', () => {
    expect(decide(judged('P0', [fired('rules', 9)]), open('P2', 'watch'))).toEqual({
      act: 'none',
      reason: 'being-watched',
    })
    const gone = judged('routine', [], { reason: 'already-gone' })
    expect(decide(gone, open('P2', 'watch'))).toMatchObject({ act: 'none' })
    expect(decide(gone, closed('P2'))).toMatchObject({ act: 'none' })
  })
})

describe('for a customer whose case was closed', () => {
  it.each(['dismissed', 'resolved', 'retained', 'relapsed'] as const)(
    '%s: what it had answered stays answered',
    (state) => {
      const before = judged('P1', [fired('words', 4), silent('rules', 9)])
      expect(decide(before, closed('P1', state))).toEqual({ act: 'none', reason: 'already-answered' })
    },
  )
  it('evidence of the very moment it was closed had been answered', () => {
    expect(decide(judged('P1', [fired('words', 5)]), closed('P1'))).toMatchObject({
      reason: 'already-answered',
    })
  })
  it('newer evidence opens another', () => {
    const newer = judged('P1', [fired('words', 5.01)])
    expect(decide(newer, closed('P1'))).toEqual({ act: 'open', reason: 'new-evidence', tier: 'P1' })
  })
  it('a worse tier opens another even on old evidence', () => {
    const worse: Tier = 'P0'
    expect(decide(judged(worse), closed('P1'))).toEqual({ act: 'open', reason: 'new-evidence', tier: 'P0' })
  })
})
