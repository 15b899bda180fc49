import fc from 'fast-check'
import type { Alert, AlertState } from '../../src/alerts/alert.ts'
import type { Evidence } from '../../src/signals/signal.ts'
import { same } from '../../src/text.ts'
import { ago, alertIn, assessment, cardData, customer } from './cases.ts'

/** Words and cases no template may trip over. */

export const PIECES = [
  '张',
  'é',
  '👨‍👩‍👧‍👦',
  '🏳️‍🌈',
  'مرحبا',
  '\u202eevil',
  '\ud83d',
  '\u0000',
  '\n',
  '"\\',
  '<!channel>',
  `a${'\u0301'.repeat(400)}`,
  '\u200b',
  '13800138000',
  'a@b.cn',
]

/** Anything a source may hold: short, odd, or a megabyte of it. */
export const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .tuple(fc.constantFrom(...PIECES), fc.constantFrom(0, 1, 40, 1000))
    .map(([piece, times]) => piece.repeat(times)),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join('')),
)
/** A case with the same words wherever words from outside can stand, and numbers nobody expects. */
export function casesWith(told: string): {
  alert: (state: AlertState) => Alert
  data: (state: AlertState, masked: boolean) => ReturnType<typeof cardData>
} {
  const evidence: Evidence[] = [
    {
      kind: 'quote',
      voice: 'v',
      at: 0,
      channel: told,
      sentence: told,
      terms: [told, told],
      wordClass: 'competitor',
    },
    {
      kind: 'change',
      feature: 'f',
      label: same(told),
      before: Number.NaN,
      after: 1e300,
      how: 'down',
      days: 30,
    },
    { kind: 'rhythm', event: told, label: same(told), usualDays: Number.POSITIVE_INFINITY, quietDays: -1 },
    { kind: 'rule', rule: 'r', sentence: same(told) },
  ]
  const judged = {
    ...assessment,
    readings: assessment.readings.map((reading) => ({
      ...reading,
      fired: true,
      basis: [told],
      evidence: [...evidence, ...evidence],
    })),
    factors: Array.from({ length: 9 }, () => ({
      ...assessment.factors[1]!,
      label: same(told),
      share: Number.NaN,
    })),
    profile: told,
    model: told,
    horizon: Number.NaN,
  }
  const outcome = {
    result: 'other',
    reason: 'other',
    action: told,
    entitlement: told,
    costMinor: 1e15,
    reply: told,
  } as const
  const alert = (state: AlertState) =>
    alertIn(state, { assessment: judged, outcome, watchFrom: ago(0), watchUntil: ago(-1e9) })
  const facts = { ...customer, name: told, region: told, site: told, product: told }
  const data = (state: AlertState, maskNames: boolean) =>
    cardData(alert(state), {
      customer: facts,
      ownerName: same(told),
      people: { csmName: same(told), leadName: same(told), managerName: same(told) },
      repeatOf: { no: 1, note: told, relapse: 'no-recovery' },
      lastNote: told,
      maskNames,
    })
  return { alert, data }
}
