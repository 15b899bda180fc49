import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ForeshockError } from '../../src/errors.ts'
import { loadProfile } from '../../src/features/load-profile.ts'

const shipped = (name: string) => {
  const file = `models/profiles/${name}.yaml`
  return readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
}
const retail = shipped('retail')

function complaint(source: string): string {
  try {
    loadProfile(source, 'retail.yaml')
  } catch (error) {
    if (error instanceof ForeshockError && error.code === 'CONFIG_INVALID') return error.explain('en')
    throw error
  }
  return 'no complaint'
}

describe('shipped profiles', () => {
  test.each(['auto', 'retail', 'saas', 'finance', 'telecom'])(
    '%s names attributes that are days by what is counted: a card shows "-33", not a day',
    (name) => {
      const days = Object.entries(loadProfile(shipped(name), name).attributes ?? {}).filter(([attribute]) =>
        /_(end|on)$/.test(attribute),
      )
      expect(days.length).toBeGreaterThan(0)
      for (const [, label] of days) {
        expect(label.zh).toMatch(/（天）$/)
        expect(label.en).toMatch(/^days /)
      }
    },
  )

  test.each(['auto', 'retail'])('%s loads and says everything in both languages', (name) => {
    const profile = loadProfile(shipped(name), name)
    expect(profile.name).toBe(name)
    const texts = [
      ...Object.values(profile.kinds),
      ...Object.values(profile.attributes ?? {}),
      ...profile.change.map(({ label }) => label),
      ...profile.rules.map(({ says }) => says),
    ]
    const labels = [...profile.aggregates, ...profile.finalisers].map((feature) => feature.label)
    expect(labels).not.toContain(undefined)
    for (const text of [...texts, ...labels.flatMap((label) => label ?? [])]) {
      expect(text.zh).toMatch(/\p{Script=Han}|^NPS$/u)
      expect(text.en).not.toMatch(/\p{Script=Han}/u)
    }
    expect(profile.rules.filter(({ says }) => !says.zh.endsWith('。') || !says.en.endsWith('.'))).toEqual([])
  })

  test('both know the features that the score reads', () => {
    for (const name of ['auto', 'retail']) {
      const names = loadProfile(shipped(name), name).finalisers.map((finaliser) => finaliser.name)
      expect(names).toEqual(
        expect.arrayContaining(['gap_days', 'usual_gap_days', 'missed_beats', 'quiet_strength']),
      )
    }
  })
})

describe('what is wrong is named, with its place and how to mend it', () => {
  test.each([
    ['version: 2', 'version: one', 'retail.yaml: version: is a string where a number is meant.'],
    ['version: 2', '', 'retail.yaml: version: is missing.'],
    ['churn:\n', 'chrun:\n', 'no setting "chrun". Did you mean "churn"?'],
    [
      '  inactiveDays: 180',
      '  inactiveDay: 180',
      'churn: no setting "inactiveDay". Did you mean "inactiveDays"?',
    ],
    [
      'kinds: [order, visit, login]',
      'kinds: [ordr]',
      'churn.kinds[0]: no event kind "ordr". Did you mean "order"?',
    ],
    ['  kind: order\n', '  kind: odrer\n', 'rhythm.kind: no event kind "odrer". Did you mean "order"?'],
    [
      'ltv: ltv_estimated',
      'ltv: ltv_estimate',
      'ltv: no feature "ltv_estimate". Did you mean "ltv_estimated"?',
    ],
    ['name: orders_before_90', 'name: orders_90', 'The name "orders_90" is used twice; rename one.'],
    [
      'fn: mean, kind: order, measure: amount',
      'fn: mean, kind: order',
      'aggregates.basket_mean: mean needs a measure',
    ],
    [
      'name: order_days, fn: days,',
      'name: order_days, fn: days, measure: amount,',
      'aggregates.order_days: days takes no measure',
    ],
    ['from: 180, to: 90', 'from: 90, to: 90', 'the window is empty (from 90, to 90)'],
    [
      'skip: 1, take: 1000',
      'skip: 1',
      'aggregates.rating_earlier: "take" goes with newest, and newest needs it.',
    ],
    ['fn: count, kind: refund', 'fn: count, skip: 2, kind: refund', '"skip" goes with newest; remove it.'],
    [
      'quiet_days / usual_gap_days',
      'quiet_dys / usual_gap_days',
      'finalisers.missed_beats: Unknown name "quiet_dys" at column 1. Did you mean "quiet_days"?',
    ],
    [
      'quiet_days / usual_gap_days',
      'quiet_days / quiet_strength',
      'it reads "quiet_strength", which is not above it; move "quiet_strength" further up.',
    ],
    [
      'attr_membership_end >= 0 and',
      'attr_membership_ends >= 0 and',
      'rules.membership-ending.when: Unknown name "attr_membership_ends" at column 1.',
    ],
    [
      '{competitor_30} in all',
      '{competitor_3} in all',
      'rules.competitor-seen.says.en: no feature "competitor_3". Did you mean "competitor_30"?',
    ],
    [
      'basis: [competitor_seen]',
      'basis: [competitor]',
      'rules.competitor-seen.basis: no event kind "competitor".',
    ],
    ['now: spend_90', 'now: spent_90', 'change[1].now: no feature "spent_90". Did you mean "spend_90"?'],
    ['strong: 0.9', 'strong: 0.2', 'change[0]: "strong" is below "fires"; raise it.'],
    [
      'name: membership-ending',
      'name: rating-fell',
      'rules.rating-fell: the name is used twice; rename one.',
    ],
    ['  cart_abandoned:', '  voice:', 'kinds.voice: "voice" always means feedback'],
    ['title: { zh: 零售, en: Retail }', 'title: { zh: 零售', 'retail.yaml: '],
  ])('%s -> %s', (from, to, wanted) => {
    expect(retail).toContain(from)
    const said = complaint(retail.replace(from, () => to))
    expect(said).toContain(wanted)
    expect(said).toContain('Correct retail.yaml and try again.')
  })

  test('everything in one go, but not without end', () => {
    const said = complaint(retail.replaceAll('kind: order', 'kind: oder'))
    expect(said).toContain('aggregates.orders_90.kind: no event kind "oder".')
    expect(said).toMatch(/And \d+ more\./)
  })

  test('an empty file', () => {
    expect(complaint('')).toContain('retail.yaml: the file: ')
  })
})
