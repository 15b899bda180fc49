import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import type { FeedFinding } from '../../src/features/feed-health.ts'
import { loadSegmentPlan } from '../../src/features/segment-plan.ts'
import { SEGMENTS } from '../../src/paths.ts'
import type { Assessment } from '../../src/risk/assessment.ts'
import { mutesOf } from '../../src/risk/mute.ts'
import { openScorer } from '../../src/risk/scorer.ts'
import { type Background, coldStartSignals } from '../../src/signals/index.ts'
import { text } from '../../src/text.ts'
import { openTimeline, type TimelineOptions } from '../../src/timeline/timeline.ts'
import { DAY, every, lexicon, mood, NOW, profile } from '../signals/customer.ts'
import { factsOf } from '../timeline/random-rows.ts'
import { rowsInMemory } from '../timeline/rows-in-memory.ts'

const plan = loadSegmentPlan(readFileSync(SEGMENTS, 'utf8'), SEGMENTS)
const TERMS = { wordsDays: 14, topShare: 0.3 }

const brokenFeed = (kind: string): FeedFinding => ({
  kind,
  state: 'stale',
  days: 3,
  expected: 60,
  came: 0,
  newest: NOW - 3 * DAY,
  reason: text('三天没有新记录。', 'No records for three days.'),
})

/** Forty content customers; the first has turned. */
async function openNight(unhealthy: readonly string[] = [], options: TimelineOptions = {}) {
  const facts = Array.from({ length: 40 }, (_, at) => factsOf(`c${at}`, at + 1))
  const visits = facts.flatMap(({ id }) =>
    every(60, 400, 40).map((ago) => ({
      customer: id,
      kind: 'visit',
      at: NOW - ago * DAY,
      id: `${id}-${ago}`,
    })),
  )
  const rows = rowsInMemory(facts, visits)
  const say = (customer: string, ago: number, text: string) =>
    rows.said.push({
      id: `${customer}-${ago}`,
      customer,
      at: NOW - ago * DAY,
      channel: 'chat',
      text,
      rating: null,
    })
  for (const { id } of facts) for (const ago of [120, 80, 45]) say(id, ago, ago > 100 ? '很满意' : '还行')
  say('c0', 2, '太差了，受够了，垃圾')
  const seen: Background[] = []
  const scorer = openScorer({
    profile,
    histories: openTimeline(rows, featureList(profile), undefined, options),
    mood,
    plan,
    feeds: () => unhealthy.map(brokenFeed),
    signals: ({ wordsDays }, background) => {
      seen.push(background)
      return coldStartSignals(profile, lexicon, 'UTC', wordsDays, background)
    },
  })
  return { scorer, seen, rows, say }
}

test('everyone is judged against how moods usually are here, learned from the half year before this week', async () => {
  const { scorer, seen } = await openNight(['login'])
  const night = await scorer.assess(new Date(NOW), TERMS)
  expect(
    night.assessments.filter(({ signals }) => signals.includes('emotion')).map(({ customer }) => customer),
  ).toEqual(['c0'])
  const [{ priorOf, unhealthy }] = seen as [Background]
  expect(priorOf!('c0').mean).toBeGreaterThan(0.3)
  expect(priorOf!('c0').mean).toBeLessThan(0.6)
  expect(priorOf!('nobody we know').mean).toBeGreaterThan(0.3)
  expect([...unhealthy!]).toEqual(['login'])
})

test.each([
  ['straight from their rows', {}],
  ['from new rows merged in', { mostRead: 0 }],
])(
  'who is judged at once is judged by what they did just now, against everyone as they were: %s',
  async (_, options) => {
    const { scorer, rows, say } = await openNight([], options)
    await scorer.assessSome(['c1'], new Date(NOW), TERMS)
    const visit = (customer: string, ago: number) => ({
      customer,
      kind: 'visit',
      at: NOW - ago * DAY,
      id: `${customer}+${ago}`,
    })
    rows.facts.push(factsOf('new', 41, { ltvMinor: 500_000 }))
    rows.rewrite(['new'])
    rows.arrive(visit('c5', 3), ...every(60, 400, 40).map((ago) => visit('new', ago)))
    for (const customer of ['c5', 'new']) say(customer, 0, '我要退款，换一家')
    const at = new Date(NOW + 1_000)
    const { assessments: some } = await scorer.assessSome(['c5', 'nobody', 'new'], at, TERMS)
    const told = (judged: Assessment | undefined) => {
      const { tier, reason, signals, score, highValue, readings } = judged!
      return { tier, reason, signals, score, highValue, readings }
    }
    const { assessments } = await scorer.assess(at, TERMS)
    const whole = new Map(assessments.map((each) => [each.customer, each]))
    expect([...some.keys()]).toEqual(['c5', 'new'])
    expect(some.get('new')!.signals).toContain('words')
    for (const customer of some.keys()) expect(told(some.get(customer))).toEqual(told(whole.get(customer)))
  },
)

test('what was judged to be no risk reaches the one customer it was said of', async () => {
  const { scorer } = await openNight()
  const [first] = (await scorer.assess(new Date(NOW), TERMS)).assessments
  const mutes = new Map([['c0', mutesOf(first!)]])
  const [again, other] = (await scorer.assess(new Date(NOW + DAY), { ...TERMS, mutes })).assessments
  expect(first!.signals).toEqual(['words', 'emotion'])
  expect(again).toMatchObject({ tier: 'routine', signals: [] })
  expect(again!.readings.filter(({ muted }) => muted !== undefined).map(({ signal }) => signal)).toEqual([
    'words',
    'emotion',
  ])
  expect(other!.readings.every(({ muted }) => muted === undefined)).toBe(true)
})

test('everyone is told where they belong, and the feeds that are broken are told on request', async () => {
  const { scorer } = await openNight(['login'])
  const { assessments } = await scorer.assess(new Date(NOW), TERMS)
  for (const { segments } of assessments) {
    expect(plan.layers.map(({ name }) => name)).toContain(segments!.layer)
    expect(plan.lifecycle.map(({ name }) => name)).toContain(segments!.lifecycle ?? 'new')
  }
  // Only the one who has turned is judged likely to leave, and only alerts keep their beats.
  expect(assessments.flatMap(({ beats }) => (beats === undefined ? [] : [beats.at.length]))).toEqual([7])
  expect((await scorer.feeds(new Date(NOW))).map(({ kind }) => kind)).toEqual(['login'])
})
