import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Draw, drawnSince, type Holdout, withHoldout } from '../../src/alerts/holdout.ts'
import { planNight } from '../../src/alerts/plan.ts'
import { type AlertTier, type Assessment, TIERS, type TierReason } from '../../src/risk/assessment.ts'
import { DAY, fired, judged } from './cases.ts'
import { keptOf, tonightOf } from './nights.ts'

const NIGHT = new Date('2026-02-10T22:00:00Z')
const P1_P2: ReadonlySet<AlertTier> = new Set(['P1', 'P2'])
const later = (days: number) => new Date(NIGHT.getTime() + days * DAY)
const holdout = (share: number, more: Partial<Holdout> = {}): Holdout => ({
  terms: { share, tiers: P1_P2 },
  at: NIGHT,
  drawn: new Map(),
  ...more,
})
const open = (tier: AlertTier) => ({ act: 'open', reason: 'new-risk', tier }) as const
const settled = (customer: string, tier: AlertTier, given: Holdout, reason: TierReason = 'two-rules') =>
  withHoldout(open(tier), { customer, reason }, given)

it('holds the share it was told to, of each tier alike, whoever the customers are', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.constantFrom(0.05, 0.1, 0.2), fc.nat(40), (seed, share, quarters) => {
      const given = holdout(share, { at: later(quarters * 91) })
      const count = 4_000
      const held = Array.from({ length: count }, (_, no) => settled(`${seed}-${no}`, 'P1', given)).filter(
        ({ decision }) => decision.act === 'hold',
      ).length
      // Five standard deviations.
      expect(Math.abs(held / count - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / count))
    }),
    { numRuns: 20 },
  )
})

it('never holds back an urgent one, nor who says in so many words that they go, nor anybody without a holdout', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.constantFrom<AlertTier>('P0', 'P1', 'P2'), (customer, tier) => {
      const all = holdout(1, { terms: { share: 1, tiers: new Set(['P0', 'P1', 'P2']) } })
      expect(settled(customer, tier, all).decision.act).toBe('hold')
      expect(settled(customer, 'P0', holdout(1)).decision.act).toBe('open')
      expect(settled(customer, tier, all, 'strong-word-high-value').decision.act).toBe('open')
      expect(settled(customer, tier, holdout(0))).toEqual({ decision: open(tier), draw: null })
    }),
  )
})

it('a case at work is raised as ever', () => {
  const raise = { act: 'worsen', reason: 'worse-tier', tier: 'P1' } as const
  expect(withHoldout(raise, { customer: 'a', reason: 'two-rules' }, holdout(1)).decision).toBe(raise)
})

it('whoever is held stays held for 60 days, across quarters and by day as by night; then they are free', async () => {
  const drawn = new Map<string, Draw>()
  const decisions: string[] = []
  for (let day = 0; day < 140; day += 1) {
    const at = later(day)
    const known = new Map([...drawn].filter(([, draw]) => draw.at >= drawnSince(at)))
    // Drawn with a share of one at first, and of nearly none later: a draw that stands is not drawn again.
    const share = day === 0 ? 1 : 1e-9
    const tonight: Assessment[] = [judged('P1', [fired('words')], { customer: 'a', reason: 'two-rules' })]
    const { steps, draws } = await planNight(
      tonightOf(tonight),
      await keptOf([], ['a']),
      new Map(),
      () => null,
      holdout(share, { at, drawn: known }),
    )
    for (const draw of draws) drawn.set(draw.customer, draw)
    decisions.push(steps.length === 0 ? 'held' : 'case')
    const atOnce = settled('a', 'P1', holdout(share, { at, drawn: known })).decision.act
    if (draws.length === 0) expect(atOnce === 'hold').toBe(steps.length === 0)
  }
  expect(decisions.indexOf('case')).toBe(60)
  expect(decisions.slice(60)).not.toContain('held')
})

it('nobody held is among the cases of a night, and everyone else is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(fc.uuid(), fc.constantFrom(...TIERS)), {
        selector: ([id]) => id,
        maxLength: 60,
      }),
      async (customers) => {
        const tonight = customers.map(([customer, tier]) => judged(tier, [fired('words')], { customer }))
        const ids = customers.map(([id]) => id)
        const night = async (given: Holdout | null) =>
          planNight(tonightOf(tonight), await keptOf([], ids), new Map(), () => null, given)
        const plain = await night(null)
        const { steps, draws } = await night(holdout(0.5))
        const held = new Set(draws.filter(({ arm }) => arm === 'held').map(({ customer }) => customer))
        const kept = plain.steps.filter(({ index }) => !held.has(ids[index]!))
        expect(steps.map(({ index }) => index)).toEqual(kept.map(({ index }) => index))
        expect(plain.draws).toEqual([])
        for (const { tier } of draws) expect(P1_P2.has(tier)).toBe(true)
      },
    ),
    { numRuns: 40 },
  )
})
