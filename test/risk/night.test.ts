import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planNight } from '../../src/alerts/plan.ts'
import { keepNight, type NightStore } from '../../src/judging/keep-night.ts'
import { type Assessment, isAlertTier, TIERS } from '../../src/risk/assessment.ts'
import { whatChanged } from '../../src/risk/changed.ts'
import { gistOf } from '../../src/risk/gist.ts'
import { type Mute, mutesOf } from '../../src/risk/mute.ts'
import type { Written } from '../../src/risk/written.ts'
import { keptOf, writtenOf } from '../alerts/nights.ts'
import { DAY, NOW } from '../signals/customer.ts'
import { company, NIGHTS, openCompany, TERMS } from './companies.ts'

test('a glance comes to the verdict of reading everything, for everyone', async () => {
  let [glances, people] = [0, 0]
  await fc.assert(
    fc.asyncProperty(company, async (drawn) => {
      const scorer = openCompany(drawn)
      const first = await scorer.assess(new Date(NOW), TERMS)
      const mutes = new Map<string, readonly Mute[]>(
        drawn.muted ? first.assessments.slice(0, 2).map((each) => [each.customer, mutesOf(each)]) : [],
      )
      const terms = { ...TERMS, mutes }
      const { assessments } = await scorer.assess(new Date(NOW), terms)
      const night = await scorer.night(new Date(NOW), terms)
      expect(Array.from(night.tiers, (tier) => TIERS[tier])).toEqual(assessments.map(({ tier }) => tier))
      expect([...night.scores]).toEqual(assessments.map(({ score }) => score))
      expect([...night.priorities]).toEqual(assessments.map(({ priority }) => priority))
      expect(assessments.map((_, index) => night.assessmentAt(index))).toEqual(assessments)
      for (const [index, assessment] of assessments.entries()) {
        const { standing, factors } = gistOf(assessment)
        const told = night.gistAt(index)
        expect(told.standing).toBe(standing)
        const isTheModels = drawn.model === 'explains' && isAlertTier(assessment.tier) && assessment.forecast
        expect(told.factors).toBe(isTheModels ? Number.NaN : factors)
      }
      glances += night.glances
      people += assessments.length
    }),
    { numRuns: 30 },
  )
  // Else it would say nothing: some must be told at a glance, others not.
  expect(glances / people).toBeGreaterThan(0.05)
  expect(glances / people).toBeLessThan(0.95)
})

test('nights of verdicts write what assessing and comparing everyone would, night after night', async () => {
  const seen = { written: 0, spared: 0, shared: 0 }
  await fc.assert(
    fc.asyncProperty(company, async (drawn) => {
      const scorer = openCompany(drawn)
      const written = new Map<string, Assessment>()
      let mutes = new Map<string, readonly Mute[]>()
      for (const ago of NIGHTS) {
        const asOf = new Date(NOW - ago * DAY)
        const terms = { ...TERMS, mutes }
        const { assessments } = await scorer.assess(asOf, terms)
        const news = assessments.filter((each) => isNews(written.get(each.customer) ?? null, each))

        const night = await scorer.night(asOf, terms)
        const customers = Array.from(night.facts, ({ id }) => id)
        const last = await keptOf([...written.values()], customers, night.model)
        const plan = await planNight(night, last, new Map(), () => null)
        const rows: string[] = []
        const store: NightStore = {
          writeNight: (work) =>
            work({
              assessments: {
                addRun: async () => {},
                addWritten: async (lists) => void rows.push(...lists.flatMap(rowsIn)),
              },
            }),
        }
        await keepNight(store, 'auto', night, { news: plan.news, waiting: [], last }, () => null)

        expect(rows.toSorted()).toEqual(rowsIn(writtenOf(news)).toSorted())
        for (const row of news) written.set(row.customer, row)
        seen.shared += drawn.threads ? rows.length : 0
        if (drawn.muted)
          mutes = new Map(assessments.slice(0, 2).map((each) => [each.customer, mutesOf(each)]))
        seen.written += rows.length
        seen.spared += assessments.length - rows.length
      }
    }),
    // So many that chance cannot leave less than what is asked for below.
    { numRuns: 40 },
  )
  expect(seen.written).toBeGreaterThan(100)
  expect(seen.spared).toBeGreaterThan(100)
  expect(seen.shared).toBeGreaterThan(10)
})

function rowsIn({ bodies, ends, ...columns }: Written): string[] {
  return columns.customers.map((_, at) => {
    const body = new TextDecoder().decode(bodies.subarray(ends[at - 1] ?? 0, ends[at]))
    const own = Object.entries(columns).map(([name, values]) => [name, values[at]])
    return JSON.stringify({ ...Object.fromEntries(own), body: JSON.parse(body) })
  })
}

test('threads of their own come to the same night', async () => {
  const many = company.filter(({ lives, model }) => lives.length > 9 && model === 'plain')
  const [drawn] = fc.sample(many, { seed: 4, numRuns: 1 })
  const nights = [
    await openCompany({ ...drawn!, threads: false }).night(new Date(NOW), TERMS),
    await openCompany({ ...drawn!, threads: true }, 1).night(new Date(NOW), TERMS),
  ]
  const customers = Array.from(nights[0]!.facts, ({ id }) => id)
  const last = await keptOf([], customers)
  const told = nights.map(async (night) => ({
    marks: [night.scores, night.priorities, night.tiers].map((values) => [...values]),
    glances: night.glances,
    gists: customers.map((_, index) => night.gistAt(index)),
    news: (await night.news([...customers.keys()], last)).flatMap(rowsIn).toSorted(),
  }))
  expect(await told[1]).toEqual(await told[0])
})

/** As it is written down: what changed, but that a model's factors are looked at only when the probability moved. */
function isNews(before: Assessment | null, after: Assessment): boolean {
  if (before === null) return after.tier !== 'routine'
  if (whatChanged(before, { ...after, factors: before.factors }) !== null) return true
  const explained = after.factors[0]?.label.en === 'quiet days'
  const settled = after.model === before.model && Math.abs(after.score - before.score) < 0.05
  return whatChanged(before, after) !== null && !(explained && settled)
}
