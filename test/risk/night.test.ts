import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import { loadSegmentPlan } from '../../src/features/segment-plan.ts'
import { SEGMENTS } from '../../src/paths.ts'
import { TIERS } from '../../src/risk/assessment.ts'
import type { Forecaster } from '../../src/risk/forecaster.ts'
import { type Mute, mutesOf } from '../../src/risk/mute.ts'
import { openScorer } from '../../src/risk/scorer.ts'
import { coldStartSignals } from '../../src/signals/index.ts'
import { text } from '../../src/text.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { openTimeline } from '../../src/timeline/timeline.ts'
import { DAY, lexicon, mood, NOW, profile } from '../signals/customer.ts'
import { factsOf } from '../timeline/random-rows.ts'
import { rowsInMemory } from '../timeline/rows-in-memory.ts'

const plan = loadSegmentPlan(readFileSync(SEGMENTS, 'utf8'), SEGMENTS)
const TERMS = { wordsDays: 14, topShare: 0.3 }
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
})

const company = fc.record({
  lives: fc.array(life, { minLength: 1, maxLength: 12 }),
  withModel: fc.boolean(),
  broken: fc.subarray(['login', 'visit', 'voice']),
  muted: fc.boolean(),
})

function openCompany({ lives, withModel, broken }: typeof company extends fc.Arbitrary<infer T> ? T : never) {
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
  const forecaster: Forecaster = {
    name: 'M-1',
    days: 90,
    forecast: async () => Float32Array.from(lives, ({ probability }) => probability),
    explain: () => null,
  }
  return openScorer({
    profile,
    histories: openTimeline(rows, featureList(profile)),
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
    ...(withModel ? { forecaster: async () => forecaster } : {}),
  })
}

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
      expect(await night.assessmentsOf(night.facts.map(({ id }) => id))).toEqual(assessments)
      expect(await night.assessmentsOf([])).toEqual(assessments.filter(({ tier }) => tier !== 'routine'))
      glances += night.glances
      people += assessments.length
    }),
    { numRuns: 60 },
  )
  // Else it would say nothing: some must be told at a glance, others not.
  expect(glances / people).toBeGreaterThan(0.15)
  expect(glances / people).toBeLessThan(0.95)
}, 60_000)
