import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { featureList } from '../../src/features/feature-list.ts'
import { loadSegmentPlan } from '../../src/features/segment-plan.ts'
import { SEGMENTS } from '../../src/paths.ts'
import type { Factor } from '../../src/risk/assessment.ts'
import type { Forecaster } from '../../src/risk/forecaster.ts'
import { oddsByCause, oddsFrom } from '../../src/risk/odds.ts'
import { openScorer, type Scorer } from '../../src/risk/scorer.ts'
import { coldStartSignals } from '../../src/signals/index.ts'
import { text } from '../../src/text.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { SHARD_SIZE } from '../../src/timeline/shard-key.ts'
import { openTimeline } from '../../src/timeline/timeline.ts'
import { DAY, lexicon, mood, NOW, profile } from '../signals/customer.ts'
import { factsOf } from '../timeline/random-rows.ts'
import { rowsInMemory } from '../timeline/rows-in-memory.ts'

const plan = loadSegmentPlan(readFileSync(SEGMENTS, 'utf8'), SEGMENTS)
export const TERMS = {
  wordsDays: 14,
  topShare: 0.3,
  odds: oddsByCause(oddsFrom([{ cause: 'unknown', cases: 90, kept: 80, costMinor: 500 }])),
}
const WORDS = ['很满意', '太差了，受够了，垃圾', '我要退款，换一家', '搬家去外地了', '还行'] as const

/** Someone with habits that go on, fade or stop: what signals look for, and what they must not be fooled by. */
const life = fc.record({
  kinds: fc.array(
    fc.record({
      kind: fc.constantFrom(
        'visit',
        'visit',
        'login',
        'order',
        'voice',
        'ticket_opened',
        'complaint',
        'competitor_seen',
      ),
      every: fc.integer({ min: 3, max: 90 }),
      from: fc.integer({ min: 60, max: 700 }),
      to: fc.constantFrom(0, 10, 45, 95, 130, 200, 400),
      amount: fc.constantFrom(null, 90_000),
    }),
    { maxLength: 4 },
  ),
  said: fc.array(fc.record({ ago: fc.integer({ min: 0, max: 190 }), words: fc.constantFrom(...WORDS) }), {
    maxLength: 2,
  }),
  ltvMinor: fc.constantFrom(null, 1_000, 500_000),
  probability: fc.constantFrom(0.01, 0.19, 0.2, 0.5, 0.9, Number.NaN),
  /** How much the probability rises from night to night. */
  drift: fc.constantFrom(0, 0, 0.02, 0.3),
})

export const company = fc.record({
  lives: fc.array(life, { minLength: 1, maxLength: 12 }),
  model: fc.constantFrom('none', 'plain', 'explains'),
  broken: fc.subarray(['login', 'visit', 'voice']),
  muted: fc.boolean(),
  /** Judged and assessed share by share, as threads do it. */
  threads: fc.boolean(),
})

export type Drawn = typeof company extends fc.Arbitrary<infer T> ? T : never

/** `count` threads do what threads do; 0: this one, in the same way. */
export function openCompany({ lives, model, broken, threads }: Drawn, count = 0): Scorer {
  const facts = lives.map(({ ltvMinor }, at) => factsOf(`c${at}`, at + 1, { ltvMinor }))
  const happened = lives.flatMap(({ kinds }, at) =>
    kinds.flatMap(({ kind, every, from, to, amount }, nth): TimelineRow[] => {
      const count = Math.max(0, Math.ceil((from - to) / every))
      return Array.from({ length: count }, (_, index) => ({
        customer: `c${at}`,
        kind,
        at: NOW - (from - index * every) * DAY,
        id: `${at}-${nth}-${index}`,
        amount,
      }))
    }),
  )
  const rows = rowsInMemory(facts, happened)
  lives.forEach(({ said }, at) => {
    for (const [nth, { ago, words }] of said.entries())
      rows.said.push({
        id: `v${at}-${nth}`,
        customer: `c${at}`,
        at: NOW - ago * DAY - 1,
        channel: 'chat',
        text: words,
        rating: null,
      })
  })
  let night = 0
  const forecaster: Forecaster = {
    name: 'M-1',
    days: 90,
    forecast: async () =>
      Float32Array.from(lives, ({ probability, drift }) =>
        Math.max(0, probability - drift * (NIGHTS.length - 1 - night)),
      ),
    explain: model === 'explains' ? explain : null,
  }
  const shardSize = threads ? { customers: 3, bytes: 2 ** 30 } : SHARD_SIZE
  const timeline = openTimeline(rows, featureList(profile), undefined, {
    threads: { from: threads ? 0 : Number.POSITIVE_INFINITY, crowd: 0, count },
    shardSize,
  })
  return openScorer({
    profile,
    histories: {
      indexOf: (customer) => timeline.indexOf(customer),
      refresh: (signal) => timeline.refresh(signal),
      at: (asOf, signal) => {
        night = nightOf(asOf)
        return timeline.at(asOf, signal)
      },
      history: (index, asOf) => timeline.history(index, asOf),
    },
    mood,
    plan,
    feeds: () =>
      broken.map((kind) => ({
        kind,
        state: 'stale',
        days: 3,
        expected: 60,
        came: 0,
        newest: NOW - 3 * DAY,
        reason: text('三天没有新记录。', 'No records for three days.'),
      })),
    signals: ({ wordsDays }, background) => coldStartSignals(profile, lexicon, 'UTC', wordsDays, background),
    ...(model === 'none' ? {} : { forecaster: async () => forecaster }),
  })
}

/** The nights that are judged, days before NOW. */
export const NIGHTS = [65, 30, 29, 1, 0] as const

function nightOf(asOf: number): number {
  return NIGHTS.findIndex((ago) => NOW - ago * DAY === asOf)
}

const quiet = featureList(profile).index.get('quiet_days')!

/** A model whose factors change now and then, with nothing else about the customer. */
function explain(row: Float64Array) {
  const feature = Math.floor(row[quiet]! / 20) % 2 === 0 ? 'quiet_days' : 'tenure_days'
  const factor: Factor = {
    feature,
    label: text('安静天数', 'quiet days'),
    share: 0.5,
    direction: 'raises',
    before: null,
    after: null,
    segmentMedian: null,
  }
  return { factors: [factor], lever: null }
}
