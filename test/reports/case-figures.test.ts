import { expect, test } from 'vitest'
import { HOUR } from '../../src/clock.ts'
import { caseFigures, figuresBy } from '../../src/reports/case-figures.ts'
import type { CaseRow } from '../../src/reports/case-row.ts'
import { ENOUGH, shareOf } from '../../src/reports/figure.ts'

const OPENED = new Date('2026-05-01T06:00:00Z')
const after = (hours: number) => new Date(OPENED.getTime() + hours * HOUR)

const row = (more: Partial<CaseRow> = {}): CaseRow => ({
  tier: 'P1',
  state: 'open',
  csm: 'lin',
  site: null,
  region: null,
  openedAt: OPENED,
  claimedAt: null,
  contactedAt: null,
  watchFrom: null,
  hasOutcome: false,
  missed: [],
  ...more,
})

test('cases are counted by tier and state; closed ones stand nowhere', () => {
  const figures = caseFigures([
    row(),
    row({ tier: 'P0', state: 'claimed', claimedAt: after(1) }),
    row({ tier: 'P0', state: 'claimed', claimedAt: after(1) }),
    row({ state: 'watch', watchFrom: after(2) }),
    row({ state: 'dismissed' }),
  ])
  expect(figures.standing).toEqual({ P0: { claimed: 2 }, P1: { open: 1, watch: 1 }, P2: {} })
  expect([figures.cases, figures.unclaimed, figures.load]).toEqual([5, 1, 2])
  expect(figures.dismissed).toEqual({ count: 1, of: 1 })
})

test.each([
  ['still runs: says nothing', row(), null, null, null],
  ['ran out', row({ missed: ['claim'] }), false, null, null],
  ['claimed in time', row({ state: 'claimed', claimedAt: after(1) }), true, null, null],
  ['claimed too late', row({ state: 'claimed', claimedAt: after(1), missed: ['claim'] }), false, null, null],
  ['reached', row({ state: 'contacted', claimedAt: after(1), contactedAt: after(2) }), true, true, null],
  ['not a risk: an answer, but nobody was reached', row({ state: 'dismissed' }), true, null, null],
  ['closed without a word in between', row({ state: 'resolved', hasOutcome: true }), true, true, true],
  ['retained late', row({ state: 'watch', watchFrom: after(300), missed: ['outcome'] }), true, true, false],
])('a deadline that %s', (_, one, ...expected) => {
  const { kept } = caseFigures([one])
  const told = [kept.claim, kept.reach, kept.outcome].map(({ count, of }) => (of === 0 ? null : count === 1))
  expect(told).toEqual(expected)
})

test('the usual time to claim is told once enough were claimed', () => {
  const claimed = (count: number) =>
    Array.from({ length: count }, (_, at) => row({ state: 'claimed', claimedAt: after(at + 1) }))
  expect(caseFigures(claimed(ENOUGH - 1)).claimMs).toBeNull()
  expect(caseFigures(claimed(ENOUGH + 1)).claimMs).toBe(6 * HOUR)
  expect(caseFigures([]).claimMs).toBeNull()
})

test('an older case that is open still stands, and counts in nothing that tells how work goes now', () => {
  const old = { openedAt: after(-1), claimedAt: after(0) }
  const rows = [
    row({ ...old, state: 'watch', watchFrom: after(1) }),
    row({ ...old, state: 'claimed', missed: ['reach'] }),
    row({ state: 'claimed', claimedAt: after(1) }),
  ]
  const { standing, load, late, cases, kept, claims, retained } = caseFigures(rows, OPENED)
  expect({ standing: standing.P1, load, late }).toEqual({
    ...{ standing: { watch: 1, claimed: 2 }, load: 2, late: 1 },
  })
  expect([cases, claims, kept.claim.of, kept.reach.of, retained.marked]).toEqual([1, 1, 1, 0, 0])
})

test('late is what is open and overdue; a watch waits for nothing', () => {
  const late = { missed: ['reach'] as const }
  const rows = [row(late), row({ ...late, state: 'watch' }), row({ ...late, state: 'resolved' }), row()]
  expect(caseFigures(rows).late).toBe(1)
})

test('marked, confirmed and relapsed are counted apart', () => {
  const states = ['watch', 'retained', 'retained', 'relapsed'] as const
  const rows = states.map((state) => row({ state, watchFrom: after(9) }))
  expect(caseFigures(rows).retained).toEqual({ marked: 4, confirmed: 2, relapsed: 1 })
})

test('groups come with the most work first; nobody’s cases are a group too', () => {
  const rows = [row({ csm: 'zhou', state: 'resolved' }), row({ csm: null }), row(), row()]
  expect(figuresBy(rows, ({ csm }) => csm).map(({ key, figures }) => [key, figures.cases])).toEqual([
    ['lin', 2],
    [null, 1],
    ['zhou', 1],
  ])
})

test('a share of too few is not known', () => {
  expect(shareOf({ count: ENOUGH - 1, of: ENOUGH - 1 })).toBeNull()
  expect(shareOf({ count: 9, of: 10 })).toBe(0.9)
})
