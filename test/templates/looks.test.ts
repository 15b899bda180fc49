import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../src/clock.ts'
import { LOCALES, type Locale, same, text } from '../../src/text.ts'
import { type GroupsCardData, groupsCard } from '../../templates/groups.ts'
import { type HeardCardData, heardCard } from '../../templates/heard.ts'
import { type SlaCardData, slaCard } from '../../templates/sla.ts'
import { type ShownFigures, type StatsCardData, statsCard } from '../../templates/stats.ts'
import { ago, alertIn, assessment, customer, LIN, NOW, view } from './cases.ts'
import { HITS } from './hits.ts'
import { render } from './render.ts'

/** What managers and admins look at. */

const money = { currency: 'CNY', features: new Set<string>() }
const emily = { ...customer, id: 'c-77', no: 77, name: 'Emily Carter' }
const both = (draw: (locale: Locale) => string) => LOCALES.map((locale) => draw(locale)).join('\n\n=====\n\n')

test('top in groups', () => {
  const data: GroupsCardData = {
    by: 'store',
    asked: 'top 20 by store',
    rows: [
      {
        name: same('虹桥店'),
        counts: { P0: 2, P1: 5, P2: 0, watch: 12 },
        atStakeMinor: 120_345_600,
        worst: customer,
      },
      { name: null, counts: { P0: 0, P1: 0, P2: 0, watch: 1 }, atStakeMinor: null, worst: emily },
    ],
    total: 2,
    page: 1,
    pages: 1,
    money,
    dataAgeHours: 0,
  }
  expect(both((locale) => render(groupsCard(data, view(locale))))).toMatchSnapshot()
  const nobody = { ...data, rows: [], total: 0 }
  expect(both((locale) => render(groupsCard(nobody, view(locale))))).toMatchSnapshot()
})

const figures: ShownFigures = {
  cases: 61,
  standing: { P0: { open: 1, claimed: 2 }, P1: { open: 4, contacted: 3, snoozed: 1 }, P2: { watch: 6 } },
  unclaimed: 5,
  load: 6,
  late: 2,
  kept: {
    claim: { count: 46, of: 50, value: 0.92 },
    reach: { count: 40, of: 48, value: 0.8333 },
    outcome: { count: 3, of: 4, value: null },
  },
  claimMs: 47 * 60_000,
  claims: 50,
  retained: { marked: 12, confirmed: 5, relapsed: 1 },
  dismissed: { count: 0, of: 0, value: null },
}
const jobs = [
  {
    job: 'pull',
    startedAt: ago(HOUR),
    finishedAt: ago(HOUR - 800),
    report: null,
    error: 'The folder is gone.',
  },
  {
    job: 'score',
    startedAt: ago(20 * 60_000),
    finishedAt: ago(18 * 60_000),
    report: { seen: 2_000, changed: 41, failed: 0, more: { skipped: 1 } },
    error: null,
  },
  { job: 'digest', startedAt: ago(DAY), finishedAt: null, report: null, error: null },
]
const quality = [
  { ok: true, says: text('互动准确率 100%。', 'Interactions accurate: 100%.') },
  {
    ok: false,
    says: text('态度覆盖率 41%（目标 60% 以上）。', 'Customers with a voice: 41% (target above 60%).'),
  },
]

test('stats', () => {
  const survival = [
    { days: 90, share: { count: 31, of: 40, value: 0.775 } },
    { days: 180, share: { count: 3, of: 4, value: null } },
  ]
  const cards: StatsCardData[] = [
    { kind: 'all', days: 90, figures, survival, jobs, quality, dataAgeHours: 3 },
    {
      kind: 'groups',
      by: 'team',
      days: 90,
      rows: [
        { name: LIN, figures },
        { name: null, figures },
      ],
      total: 22,
      page: 1,
      pages: 2,
      dataAgeHours: 30,
    },
    { kind: 'jobs', jobs: [], quality, dataAgeHours: 3 },
  ]
  for (const data of cards) expect(both((locale) => render(statsCard(data, view(locale))))).toMatchSnapshot()
})

test('heard', () => {
  const opened: HeardCardData = {
    customer,
    said: '不用退款了，下次我直接换一家。',
    at: NOW,
    fresh: true,
    mood: -0.7,
    hits: HITS,
    assessment,
    decision: { act: 'open', reason: 'new-risk', tier: 'P0' },
    alert: alertIn('open'),
  }
  const calm = { ...assessment, tier: 'watch' as const, reason: 'one-signal' as const }
  const none = (reason: 'already-open' | 'being-watched' | 'already-answered' | 'no-alert-tier') => ({
    ...opened,
    decision: { act: 'none' as const, reason },
  })
  const cards: HeardCardData[] = [
    opened,
    { ...opened, decision: { act: 'worsen', reason: 'worse-tier', tier: 'P0' }, alert: alertIn('claimed') },
    { ...opened, decision: { act: 'worsen', reason: 'new-signal', tier: 'P0' }, mood: 0.1 },
    { ...opened, decision: { act: 'worsen', reason: 'graver-words', tier: 'P0' }, mood: 0.1 },
    { ...opened, decision: { act: 'defer', reason: 'no-room', tier: 'P1' }, alert: null },
    { ...opened, decision: { act: 'relapse', reason: 'new-evidence', tier: 'P0' } },
    { ...none('already-open'), fresh: false },
    { ...none('being-watched'), alert: alertIn('watch'), mood: 0.9 },
    { ...none('already-answered'), alert: null, mood: 0.3 },
    { ...none('no-alert-tier'), assessment: calm, alert: null, hits: [], mood: null },
  ]
  for (const data of cards) expect(both((locale) => render(heardCard(data, view(locale))))).toMatchSnapshot()
})

test('sla', () => {
  const at = (hours: number) => new Date(+NOW + hours * HOUR)
  const cards: SlaCardData[] = [
    {
      tier: null,
      rows: [
        {
          no: 1042,
          tier: 'P0',
          customer,
          ownerName: null,
          due: { clock: 'claim', at: at(-1.5), missed: true },
        },
        {
          no: 1040,
          tier: 'P1',
          customer: emily,
          ownerName: LIN,
          due: { clock: 'reach', at: at(5), missed: false },
        },
      ],
      late: 1,
      total: 22,
      dataAgeHours: 3,
      page: 1,
      pages: 2,
    },
    { tier: 'P2', rows: [], late: 0, total: 0, dataAgeHours: 40, page: 1, pages: 1 },
  ]
  for (const data of cards) expect(both((locale) => render(slaCard(data, view(locale))))).toMatchSnapshot()
})
