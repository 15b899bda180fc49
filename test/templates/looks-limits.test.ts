import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { LOCALES, same } from '../../src/text.ts'
import { adviceCard } from '../../templates/advice.ts'
import { historyCard } from '../../templates/config-history.ts'
import { heardCard } from '../../templates/heard.ts'
import { lexiconCard } from '../../templates/lexicon.ts'
import { LIMITS } from '../../templates/limits.ts'
import { ruleFitCard } from '../../templates/rule-fit.ts'
import { rulesCard } from '../../templates/rules.ts'
import { slaCard } from '../../templates/sla.ts'
import { statsCard } from '../../templates/stats.ts'
import { ago, view } from './cases.ts'
import { hitOf } from './hits.ts'
import { casesWith, words } from './hostile.ts'

// Bidi overrides, lone surrogates and NUL.
const UNSAFE = /[\u202a-\u202e\u2066-\u2069\p{Cs}\0]/u

function holds(card: Card): void {
  const json = JSON.stringify(card)
  expect(Buffer.byteLength(json)).toBeLessThan(12 * 1024)
  expect(card.blocks.length).toBeLessThanOrEqual(LIMITS.blocks)
  for (const said of [
    card.title,
    card.subtitle ?? '',
    card.fallback,
    ...card.buttons.map(({ args }) => args),
  ])
    expect(UNSAFE.test(said)).toBe(false)
  expect(
    UNSAFE.test(
      JSON.parse(json)
        .blocks.map((block: unknown) => Object.values(block as object))
        .join(),
    ),
  ).toBe(false)
}

test('whatever the data says, what managers and admins look at keeps to the limits', () => {
  fc.assert(
    fc.property(words, fc.constantFrom(...LOCALES), (told, locale) => {
      const seen = view(locale)
      const { alert, customer } = casesWith(told).data('open', false)
      const many = Array.from({ length: 30 }, (_, at) => at)
      const page = { total: 99, page: 2, pages: 4, dataAgeHours: Number.NaN }
      const hits = many.map(() => hitOf(told))
      const job = { job: told, startedAt: ago(9), finishedAt: ago(1), report: null, error: told }
      const quality = many.map(() => ({ ok: false, says: same(told) }))
      const jobs = many.map(() => job)
      holds(statsCard({ kind: 'jobs', jobs, quality: quality.slice(0, 5), dataAgeHours: 1 }, seen))
      const due = { clock: 'reach' as const, at: ago(1e12), missed: true }
      const row = { no: 1, tier: 'P0' as const, customer, ownerName: same(told), due }
      holds(slaCard({ ...page, tier: 'P0', late: 99, rows: many.map(() => row) }, seen))
      const line = { term: told, wordClass: 'strong-churn' as const, origin: 'added' as const }
      holds(lexiconCard({ ...page, kind: 'list', like: told, rows: many.map(() => line) }, seen))
      holds(lexiconCard({ kind: 'test', sentence: told, hits }, seen))
      holds(lexiconCard({ kind: 'added', term: told, wordClass: 'competitor' }, seen))
      const rule = {
        name: told,
        when: told,
        says: same(told),
        enabled: false,
        fires: 1,
        cases: 1,
        dismissed: 1,
        origin: 'own' as const,
      }
      const step = { from: told, to: told, dropped: 1 }
      const advice = many.map(() => ({ about: { kind: 'rule' as const, name: told }, wrong: 1, of: 2, step }))
      const tried = many.map(() => ({ name: told, until: ago(1) }))
      holds(adviceCard({ advice }, seen))
      holds(rulesCard({ ...page, rules: many.map(() => rule), mayEdit: true, advice, tried }, seen))
      const numbers = many.map(() => ({ feature: told, value: 1e21 }))
      const examples = many.map(() => ({ customer, numbers }))
      const money = { currency: 'CNY' }
      const fit = { expression: told, holds: 1, unknown: 1, of: 2, examples }
      holds(ruleFitCard({ fit, money }, seen))
      const change = { name: told, at: ago(1), by: same(told), move: same(told) }
      holds(historyCard({ ...page, name: told, rows: many.map(() => change) }, seen))
      holds(
        heardCard(
          {
            customer,
            said: told,
            at: ago(1),
            fresh: true,
            mood: Number.NaN,
            hits,
            assessment: alert.assessment,
            decision: { act: 'none', reason: 'already-open' },
            alert,
          },
          seen,
        ),
      )
    }),
    { numRuns: 60 },
  )
})
