import { describe, expect, test } from 'vitest'
import { ForeshockError } from '../../src/errors.ts'
import { featureList } from '../../src/features/feature-list.ts'
import { loadProfile } from '../../src/features/load-profile.ts'
import { stageOf } from '../../src/features/stages.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { on, reader, SHIPPED, shippedProfile, shippedSource } from './shipped.ts'

const auto = shippedProfile('auto')
const list = featureList(auto)

function stage(rows: TimelineRow[]) {
  return stageOf({ feature: reader(list, rows) }, auto)
}

/** Half a year of visits every 30 days, then one in the last quarter. */
const thinning = on('visit', [170, 150, 130, 110, 100, 88])
const fading = on('login', [55, 50, 45, 40, 35, 5])

describe('departure stages of car owners', () => {
  test.each<[string, TimelineRow[], string | undefined]>([
    ['visits halved and overdue', thinning, 'visits-thinning'],
    ['visits halved, but not yet overdue', on('visit', [170, 130, 89, 1]), undefined],
    ['one visit before is no habit', on('visit', [130]), undefined],
    ['logins down by over 70%', fading, 'app-fading'],
    ['logins down by 60%', on('login', [55, 50, 45, 40, 35, 5, 3]), undefined],
    ['three logins are no habit', on('login', [55, 50, 45]), undefined],
    ['a competitor in the last 30 days', on('competitor_seen', [29]), 'looking-around'],
    ['a quote from a competitor', on('competitor_quote', [3]), 'looking-around'],
    ['a competitor before that', on('competitor_seen', [31]), undefined],
    ['the latest stage wins', [...thinning, ...fading, ...on('competitor_seen', [2])], 'looking-around'],
    ['the app after the visits', [...thinning, ...fading], 'app-fading'],
    ['nothing known', [], undefined],
  ])('%s', (_, rows, wanted) => {
    expect(stage(rows)?.stage.name).toBe(wanted)
  })

  test('carries its window before leaving, and a sentence with the numbers', () => {
    const found = stage(fading)
    expect(found?.stage.before).toEqual({ from: 60, to: 30 })
    expect(found?.sentence).toEqual({
      zh: 'App 登录从 5 次降到 1 次（近 30 天与此前 30 天相比）。',
      en: 'App logins fell from 5 to 1 (last 30 days against the 30 before).',
    })
  })

  test('the windows follow each other up to the day of leaving, the latest first', () => {
    for (const name of SHIPPED) {
      const windows = (shippedProfile(name).stages ?? []).map(({ before }) => before)
      expect(windows[0]?.to).toBe(0)
      expect(windows.slice(1).map(({ to }) => to)).toEqual(windows.slice(0, -1).map(({ from }) => from))
    }
  })
})

describe('sections that cannot be right are refused', () => {
  const source = shippedSource('profiles/auto.yaml')
  test.each([
    ['is: visit }', 'is: vist }', 'kinds.maintenance.is: no event kind "vist". Did you mean "visit"?'],
    ['is: visit }', 'is: maintenance }', 'kinds.maintenance.is: a kind is not a special case of itself'],
    [
      'is: visit }',
      'is: major_repair }',
      'kinds.maintenance.is: "major_repair" is itself a special case; name "visit" instead.',
    ],
    [
      'authorisedBy: third_party_authorised',
      'authorisedBy: sex',
      'kinds.competitor_traced.authorisedBy: no attribute "sex".',
    ],
    [
      'is: competitor_seen }',
      'is: competitor_seen, authorisedBy: third_party_authorised }',
      'kinds.competitor_visit.authorisedBy: it counts as "competitor_seen" as well; give that kind the same',
    ],
    [
      'authorisedBy: location_authorised',
      'authorisedBy: location_ok',
      'attributes.distance_km.authorisedBy: no attribute "location_ok".',
    ],
    [
      'of: mileage_daily',
      'of: milage_daily',
      'peers.mileage_intensity.of: no feature "milage_daily". Did you mean "mileage_daily"?',
    ],
    [
      'features: [spend_change]',
      'features: [spent_change]',
      'measures "spend trend": no feature "spent_change". Did you mean "spend_change"?',
    ],
    [
      'recency: quiet_days',
      'recency: quiet_day',
      'segments.recency: no feature "quiet_day". Did you mean "quiet_days"?',
    ],
    [
      'when: competitor_30 >= 1\n    says:\n      zh: 近 30 天接触竞品 {competitor_30} 次。\n      en: Contact with a competitor in the last 30 days ({competitor_30} in all).\n    guide',
      'when: rival_30 >= 1\n    says: { zh: 一。, en: One. }\n    guide',
      'stages.looking-around.when: Unknown name "rival_30"',
    ],
    [
      'before: { from: 30, to: 0 }',
      'before: { from: 30, to: 60 }',
      'stages.looking-around.before: "from" lies further before leaving than "to"; swap them.',
    ],
    [
      'name: app-fading',
      'name: looking-around',
      'stages.looking-around: the name is used twice; rename one.',
    ],
    [
      '  maintenance: {',
      '  voice_review: {',
      'kinds.voice_review: "voice" always means feedback; name this kind differently.',
    ],
    [
      'sex: { zh: 性别, en: sex, use: bias }',
      'sex: { zh: 性别, en: sex, use: biased }',
      'attributes.sex.use: Invalid option',
    ],
    [
      'expr: faults_180 - faults_before_180',
      'expr: faults_180 - mileage_intensity',
      'it reads "mileage_intensity", which is not above it',
    ],
    ['when: competitor_30 >= 1', 'when: attr_sex = 1', 'Unknown name "attr_sex"'],
  ])('%s -> %s', (from, to, wanted) => {
    expect(source).toContain(from)
    let said = 'no complaint'
    try {
      loadProfile(
        source.replace(from, () => to),
        'auto.yaml',
      )
    } catch (error) {
      if (!(error instanceof ForeshockError)) throw error
      said = error.explain('en')
    }
    expect(said).toContain(wanted)
  })
})
