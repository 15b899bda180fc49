import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ForeshockError } from '../../src/errors.ts'
import { lifecycleOf } from '../../src/features/lifecycle.ts'
import { segmentsOf } from '../../src/features/segment.ts'
import { loadSegmentPlan } from '../../src/features/segment-plan.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import { factsOf } from '../timeline/random-rows.ts'
import { autoList, shippedPlan, shippedSource } from './shipped.ts'

const plan = shippedPlan()
const { profile, index, names } = autoList()

type Numbers = Readonly<Partial<Record<string, number>>>

/** Segments of people with given features; everything else is unknown. */
function segments(
  people: readonly { facts?: Partial<CustomerFacts>; numbers: Numbers }[],
  more: { risk?: number[]; gone?: number[]; highValueFrom?: number } = {},
) {
  const values = Float64Array.from(
    people.flatMap(({ numbers }) => names.map((name) => numbers[name] ?? Number.NaN)),
  )
  const facts = people.map((one, at) => factsOf(`c${at}`, at + 1, one.facts))
  return segmentsOf({ profile, plan, facts, matrix: { index, names, values }, ...more })
}

/** Someone among a crowd that spans all fifths; 10 is best in everything, 0 worst. */
function layerAmongMany(
  one: { value?: 'high' | 'mid' | 'low'; quiet: number; visits: number; tenure?: number; missed?: number },
  risk = Number.NaN,
  gone = 0,
): string {
  const crowd = Array.from({ length: 20 }, (_, place) => ({
    facts: { valueTier: 'mid' as const },
    numbers: {
      quiet_days: 10 + place * 10,
      visits_365: 20 - place,
      visit_spend_365: 20 - place,
      known_days: 900,
    },
  }))
  const { quiet, visits, tenure = 900, missed = 0.5 } = one
  const numbers = {
    quiet_days: quiet,
    visits_365: visits,
    visit_spend_365: visits,
    known_days: tenure,
    missed_beats: missed,
  }
  const everyone = [...crowd, { facts: { valueTier: one.value ?? null }, numbers }]
  const none = crowd.map(() => Number.NaN)
  return segments(everyone, { risk: [...none, risk], gone: [...none, gone] }).layerOf(20).name
}

describe('lifecycle', () => {
  test.each([
    [0, 'new'],
    [182, 'new'],
    [183, 'growth'],
    [547, 'growth'],
    [548, 'mature'],
    [1_095, 'mature'],
    [1_096, 'decline'],
    [9_000, 'decline'],
  ])('after %d days: %s', (days, wanted) => {
    expect(plan.lifecycle[lifecycleOf(days, plan.lifecycle) - 1]?.name).toBe(wanted)
  })

  test('unknown and future beginnings have no stage', () => {
    expect([Number.NaN, -1].map((days) => lifecycleOf(days, plan.lifecycle))).toEqual([0, 0])
  })
})

describe('the nine layers', () => {
  test('are the nine of the handbook, the last without a test', () => {
    expect(plan.layers.map(({ name }) => name)).toEqual([
      ...[
        'churned',
        'danger',
        'churn-warning',
        'new',
        'loyal-fans',
        'core',
        'sleeping',
        'potential',
        'marginal',
      ],
    ])
  })

  const active = { quiet: 5, visits: 30 }
  test.each<[string, string]>([
    ['churned', layerAmongMany({ value: 'high', quiet: 200, visits: 0 }, 0.9, 1)],
    ['churned', layerAmongMany({ value: 'high', quiet: 200, visits: 0 }, 0.9, Number.NaN)],
    ['danger', layerAmongMany({ value: 'high', ...active }, 0.71)],
    ['churn-warning', layerAmongMany({ value: 'high', ...active }, 0.7)],
    ['churn-warning', layerAmongMany({ value: 'mid', ...active }, 0.9)],
    ['core', layerAmongMany({ value: 'mid', ...active }, 0.59)],
    ['new', layerAmongMany({ value: 'high', ...active, tenure: 90 }, 0.1)],
    ['loyal-fans', layerAmongMany({ value: 'high', ...active }, 0.1)],
    ['loyal-fans', layerAmongMany({ value: 'high', ...active })],
    ['core', layerAmongMany({ value: 'high', ...active }, 0.5)],
    ['sleeping', layerAmongMany({ value: 'mid', quiet: 100, visits: 3 }, 0.3)],
    ['sleeping', layerAmongMany({ value: 'low', quiet: 60, visits: 3, missed: 2.1 }, 0.3)],
    ['potential', layerAmongMany({ value: 'mid', quiet: 80, visits: 4 }, 0.3)],
    ['potential', layerAmongMany({ value: 'low', quiet: 20, visits: 30 }, 0.3)],
    ['marginal', layerAmongMany({ value: 'low', quiet: 80, visits: 0 }, 0.9)],
  ])('%s', (wanted, got) => {
    expect(got).toBe(wanted)
  })

  const person = fc.record({
    tier: fc.constantFrom(null, 'high' as const, 'mid' as const, 'low' as const),
    ltv: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }),
    quiet: fc.constantFrom(Number.NaN, 0, 50, 95, 200),
    visits: fc.constantFrom(Number.NaN, 0, 1, 8),
    tenure: fc.constantFrom(Number.NaN, 10, 300, 2_000),
    risk: fc.constantFrom(Number.NaN, 0, 0.5, 0.65, 0.8, 1),
    gone: fc.constantFrom(Number.NaN, 0, 1),
  })

  test('everyone is in exactly one, the first whose tests hold, whatever is unknown', () => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 40 }), (people) => {
        const found = segments(
          people.map(({ tier, ltv, quiet, visits, tenure }) => ({
            facts: { valueTier: tier, ltvMinor: ltv },
            numbers: { quiet_days: quiet, visits_365: visits, visit_spend_365: visits, known_days: tenure },
          })),
          { risk: people.map(({ risk }) => risk), gone: people.map(({ gone }) => gone) },
        )
        people.forEach(({ risk, gone }, customer) => {
          const layer = found.layerOf(customer).name
          expect(plan.layers.map(({ name }) => name)).toContain(layer)
          const value = found.value[customer]!
          if (gone === 1) expect(layer).toBe('churned')
          else if (layer !== 'churned' && value === 2 && risk > 0.7) expect(layer).toBe('danger')
          else if (layer !== 'churned' && (value === 1 || value === 2) && risk > 0.6) {
            expect(layer).toBe('churn-warning')
          }
        })
      }),
    )
  })

  test('the order decides, and it is data', () => {
    const turned = { ...plan, layers: [plan.layers[3]!, ...plan.layers.filter((_, at) => at !== 3)] }
    const newcomer = { numbers: { known_days: 10 }, facts: { valueTier: 'high' as const } }
    const values = Float64Array.from(names, (name) => (name === 'known_days' ? 10 : Number.NaN))
    const input = {
      profile,
      facts: [factsOf('c', 1, newcomer.facts)],
      matrix: { index, names, values },
      risk: [0.9],
    }
    expect(segmentsOf({ ...input, plan }).layerOf(0).name).toBe('danger')
    expect(segmentsOf({ ...input, plan: turned }).layerOf(0).name).toBe('new')
  })
})

describe('value', () => {
  test('the declared tier first, then the LTV against the line of high value', () => {
    const ltvs = [100, 90, 80, 70, 60, 50, 40, 30, 20, 10]
    const people = ltvs.map((ltvMinor) => ({ facts: { ltvMinor }, numbers: {} }))
    expect([...segments(people).value]).toEqual([2, 2, 2, 1, 1, 1, 1, 0, 0, 0])
    expect([...segments(people, { highValueFrom: 95 }).value]).toEqual([2, 1, 1, 1, 1, 1, 1, 0, 0, 0])
    const declared = [{ facts: { valueTier: 'low' as const, ltvMinor: 10 ** 9 }, numbers: {} }]
    expect([...segments(declared).value]).toEqual([0])
  })

  test('the estimate stands in for a lifetime value that is not declared', () => {
    const found = segments([
      { numbers: { ltv_estimated: 500 } },
      { numbers: { ltv_estimated: 100 } },
      { numbers: {} },
    ])
    expect([...found.value]).toEqual([2, 0, 255])
  })
})

test('a hundred thousand customers are sorted in well under a second or two', () => {
  const size = 100_000
  const values = Float64Array.from({ length: size * names.length }, (_, cell) => (cell * 7_919) % 400)
  const facts = Array.from({ length: size }, (_, at) => factsOf(`c${at}`, at + 1))
  const matrix = { index, names, values }
  const start = performance.now()
  const found = segmentsOf({ profile, plan, facts, matrix })
  expect(found.layer.every((layer) => layer > 0)).toBe(true)
  expect(performance.now() - start).toBeLessThan(8_000)
})

describe('a plan that cannot be right is refused', () => {
  const source = shippedSource('segments.yaml')
  const complaint = (from: string, to: string) => {
    expect(source).toContain(from)
    try {
      loadSegmentPlan(
        source.replace(from, () => to),
        'segments.yaml',
      )
    } catch (error) {
      if (error instanceof ForeshockError) return error.explain('en')
      throw error
    }
    return 'no complaint'
  }

  test.each([
    ["when: '-++'", "when: '+++'", 'rfm.classes: "+++" is used twice'],
    ["when: '-++'", "when: '-+'", 'rfm.classes.1.when: three of + and -'],
    ['months: 0', 'months: 1', 'lifecycle: the first stage begins at 0 months.'],
    ['months: 36', 'months: 12', 'lifecycle.decline: stages come in order of their months'],
    [
      'risk: risk > 0.7',
      'risk: rsik > 0.7',
      'layers.danger: Unknown name "rsik" at column 1. Did you mean "risk"?',
    ],
    [
      '    activity: tenure_days < 91\n',
      '',
      'layers.new: without a test nobody reaches the layers below it.',
    ],
    [
      '    share: 0.04\n',
      '    share: 0.04\n    value: value = 0\n',
      'layers.marginal: the last layer takes everyone that is left',
    ],
    ['high: 4', 'high: 9', 'rfm.high:'],
  ])('%s -> %s', (from, to, wanted) => {
    const said = complaint(from, to)
    expect(said).toContain(wanted)
    expect(said).toContain('Correct segments.yaml and try again.')
  })

  test('every group says its risk, causes, actions and strategy in both languages', () => {
    const groups = [...plan.rfm.classes, ...plan.lifecycle, ...plan.layers]
    expect(groups).toHaveLength(21)
    for (const { guide, label } of groups) {
      expect(label.zh).toMatch(/\p{Script=Han}/u)
      for (const { zh, en } of Object.values(guide)) {
        expect(zh).toMatch(/^[^,;:?!]*\p{Script=Han}[^,;:?!]*。$/u)
        expect(en).toMatch(/^[^\p{Script=Han}，。]*\.$/u)
      }
    }
  })
})
