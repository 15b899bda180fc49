import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BudgetTerms, shareOut, type Wanting } from '../../src/alerts/budget.ts'
import { chainAbove } from '../../src/alerts/chain.ts'
import type { Person } from '../../src/records/person.ts'

const named = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  name: { zh: id, en: id },
  role: 'csm',
  locale: 'zh',
  timeZone: 'Asia/Shanghai',
  lead: 'shen',
  substitute: null,
  region: null,
  ...more,
})
const TEAM = [
  named('lin', { substitute: 'zhou', region: 'east' }),
  named('zhou', { region: 'south' }),
  named('shen', { role: 'manager', lead: 'gu' }),
  named('gu', { role: 'manager', lead: null }),
]
const terms = (more: Partial<BudgetTerms> = {}): BudgetTerms => ({
  capacity: 2,
  people: TEAM,
  today: new Map(),
  ...more,
})
const want = (
  tier: Wanting['tier'],
  keeper: string | null = 'lin',
  region: string | null = null,
): Wanting => ({
  tier,
  keeper,
  region,
})
const asked = (cases: readonly Wanting[], more: Partial<BudgetTerms> = {}) =>
  shareOut(cases, terms(more)).map((share) => (share.act === 'ask' ? share.assignee : 'deferred'))

describe('sharing out a day', () => {
  it('asks the customer’s CSM while their day has room, and lets the rest wait', () => {
    expect(asked([want('P1'), want('P1'), want('P2')])).toEqual(['lin', 'lin', 'deferred'])
    expect(asked([want('P1'), want('P1')], { today: new Map([['lin', 1]]) })).toEqual(['lin', 'deferred'])
  })

  it('never lets a P0 wait: the substitute, then the lead', () => {
    expect(asked([want('P0'), want('P0'), want('P0'), want('P0'), want('P0'), want('P1')])).toEqual([
      ...['lin', 'lin', 'zhou', 'zhou', 'shen'],
      'deferred',
    ])
    const alone = [named('lin', { lead: null })]
    expect(asked([want('P0'), want('P0'), want('P0')], { people: alone })).toEqual(['lin', 'lin', 'lin'])
  })

  it('gives a customer without a CSM to whoever is free, of their region first', () => {
    expect(asked([want('P1', null, 'south'), want('P1', 'stranger', null), want('P1', null, null)])).toEqual([
      ...['zhou', 'lin', 'lin'],
    ])
    expect(asked([want('P1', null, 'west')])).toEqual(['lin'])
  })

  it('asks nobody in particular where there is no CSM, within the same day’s work', () => {
    const bosses = { people: TEAM.filter(({ role }) => role === 'manager') }
    expect(asked([want('P1', null), want('P1', null), want('P1', null), want('P0', null)], bosses)).toEqual([
      ...[null, null],
      'deferred',
      null,
    ])
  })

  it('asks nobody for more than a day’s work, whatever comes', () => {
    const wanting = fc.record({
      tier: fc.constantFrom('P1' as const, 'P2' as const),
      keeper: fc.constantFrom('lin', 'zhou', 'shen', 'nobody', null),
      region: fc.constantFrom('east', 'south', 'west', null),
    })
    fc.assert(
      fc.property(fc.array(wanting, { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), (cases, capacity) => {
        const loads = new Map<string | null, number>()
        for (const who of asked(cases, { capacity })) loads.set(who, (loads.get(who) ?? 0) + 1)
        loads.delete('deferred')
        for (const load of loads.values()) expect(load).toBeLessThanOrEqual(capacity)
      }),
    )
  })
})

describe('the chain of leads', () => {
  const ids = (responsible: string | null, people = TEAM) =>
    chainAbove(responsible, people).map(({ id }) => id)
  it('goes up from who is responsible', () => {
    expect(ids('lin')).toEqual(['shen', 'gu'])
    expect(ids('shen')).toEqual(['gu'])
  })
  it('falls back to a manager, but never to oneself', () => {
    expect(ids(null)).toEqual(['shen'])
    expect(ids('gu')).toEqual(['shen'])
    expect(ids('lin', [named('lin', { lead: null })])).toEqual([])
  })
  it('starts, where nobody is responsible or leads on, at the manager of the region', () => {
    const team = [...TEAM, named('xu', { role: 'manager', region: 'west', lead: null })]
    expect(chainAbove(null, team, 'west').map(({ id }) => id)).toEqual(['xu'])
    expect(chainAbove(null, team, 'north').map(({ id }) => id)).toEqual(['shen'])
    const keeper = named('wu', { lead: null, region: 'west' })
    expect(chainAbove('wu', [...team, keeper]).map(({ id }) => id)).toEqual(['xu'])
  })
  it('ends where leads go round in a circle', () => {
    expect(
      ids('a', [named('a', { lead: 'b' }), named('b', { lead: 'c' }), named('c', { lead: 'b' })]),
    ).toEqual([...['b', 'c']])
  })
})
