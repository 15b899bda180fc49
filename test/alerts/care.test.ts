import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Action, Alert } from '../../src/alerts/alert.ts'
import { type StaffCall, unreached } from '../../src/alerts/calls.ts'
import {
  careLeaving,
  closedTo,
  firstCare,
  isOvertaken,
  isStale,
  lightTouch,
  type Recipient,
  reminder,
} from '../../src/alerts/care.ts'
import { careCourse, carePlanSchema } from '../../src/alerts/care-plan.ts'
import { DAY } from '../../src/clock.ts'
import { CARE_PLAN } from '../../src/paths.ts'
import { readYaml } from '../../src/voice/read-yaml.ts'
import { careLocale, careMessage } from '../../templates/care.ts'
import { assessmentOf, minutes, NOON } from '../store/samples.ts'

const plan = carePlanSchema.parse(readYaml(readFileSync(CARE_PLAN, 'utf8'), CARE_PLAN))
const alertOf = (more: Partial<Alert>): Alert =>
  ({
    ...{ id: 'A', customer: 'K', tier: 'P2', state: 'open', openedAt: NOON, course: null },
    ...{ assessment: assessmentOf('K'), ...more },
  }) as Alert
const later = (days: number) => new Date(NOON.getTime() + days * DAY)

it('cares first for a P2 nobody has reached, for a week', () => {
  expect(firstCare(alertOf({}), NOON)).toMatchObject({ kind: 'first', occasion: 'first A', cause: 'service' })
  expect(firstCare(alertOf({ state: 'claimed' }), later(6))).not.toBeNull()
  expect(firstCare(alertOf({}), later(7))).toBeNull()
  for (const more of [{ tier: 'P1' }, { state: 'contacted' }, { state: 'dismissed' }] as const)
    expect(firstCare(alertOf(more), NOON)).toBeNull()
  expect(firstCare(alertOf({ assessment: assessmentOf('K', { reason: 'already-gone' }) }), NOON)).toBeNull()
})

it('touches lightly in weeks 5 to 8 whom somebody has reached and who does not cool', () => {
  const touched = (day: number, more: Partial<Alert>, actions: Pick<Action, 'verb' | 'detail'>[] = []) => {
    const alert = alertOf({ tier: 'P0', state: 'watch', ...more })
    return lightTouch(alert, careCourse(plan, alert, actions, null, later(day)))?.step ?? null
  }
  expect([27, 28, 41, 56].map((day) => touched(day, {}))).toEqual([null, 'touch-6', 'touch-6', null])
  const did = [{ verb: 'step', detail: { step: 'touch-6' } }] as const
  expect([41, 42].map((day) => touched(day, {}, [...did]))).toEqual([null, 'touch-8'])
  // The one before was missed: it is not made up for after the later one.
  expect(touched(50, {}, [{ verb: 'step', detail: { step: 'touch-8' } }])).toBeNull()
  expect(touched(28, { course: 'warming' })).toBe('touch-6')
  expect(touched(28, { course: 'cooling' })).toBeNull()
  expect(touched(28, { state: 'open' })).toBeNull()
  expect(touched(28, { tier: 'P1' })).toBeNull()
})

it('lets leave only what may, and says why the rest stays', () => {
  const recipient = (more: Partial<Recipient> = {}): Recipient => ({
    ...{
      contactConsent: true,
      timeZone: 'Asia/Shanghai',
      held: false,
      lastAt: null,
      occasions: new Set(),
      ...more,
    },
  })
  const recipients = new Map([
    ['yes', recipient()],
    ['unasked', recipient({ contactConsent: null })],
    ['no', recipient({ contactConsent: false })],
    ['held', recipient({ held: true })],
    ['before', recipient({ occasions: new Set(['reminder 2026-06-01']) })],
    ['recent', recipient({ lastAt: later(-13) })],
    ['asleep', recipient({ timeZone: 'America/New_York' })],
    ['last', recipient({ lastAt: later(-14) })],
    ['over', recipient()],
  ])
  const wishes = ['unknown', ...recipients.keys()].map((id) => reminder(id, 'price', '2026-06-01'))
  const terms = { daily: 2, gapDays: 14, reminderDays: 60, room: 2 }
  const { leaving, staying } = careLeaving([...wishes, wishes[1]!], recipients, terms, NOON)
  expect(leaving.map(({ customer }) => customer)).toEqual(['yes', 'last'])
  expect(staying).toEqual([
    ...[
      'no-consent',
      'no-consent',
      'no-consent',
      'held-out',
      'done',
      'too-soon',
      'night',
      'day-full',
      'too-soon',
    ],
  ])
  expect(closedTo({ contactConsent: null, held: false })).toBe('no-consent')
})

it('takes back what has been overtaken', () => {
  expect(isOvertaken({ kind: 'first' }, alertOf({ state: 'contacted' }))).toBe(true)
  expect(isOvertaken({ kind: 'first' }, alertOf({}))).toBe(false)
  expect(isOvertaken({ kind: 'first' }, alertOf({ tier: 'P0' }))).toBe(true)
  expect(isOvertaken({ kind: 'reminder' }, alertOf({}))).toBe(true)
  expect(isOvertaken({ kind: 'reminder' }, null)).toBe(false)
  expect(isOvertaken({ kind: 'touch' }, alertOf({ state: 'relapsed' }))).toBe(true)
})

it('takes back what has waited for too long, or until another was decided on', () => {
  const stale = (kind: 'first' | 'touch', days: number, openedAt = NOON, lastAt = NOON) =>
    isStale({ kind, at: NOON }, { openedAt }, lastAt, later(days))
  expect([stale('touch', 6), stale('touch', 7)]).toEqual([false, true])
  expect([stale('first', 1), stale('first', 1, later(-6))]).toEqual([false, true])
  expect(stale('touch', 1, NOON, later(0.5))).toBe(true)
})

it('says it in the customer’s language, in the industry’s words, without a word of selling or leaving', () => {
  const data = {
    cause: 'unknown',
    step: null,
    company: { zh: '远山', en: 'Yuanshan' },
    plan,
    plays: undefined,
  } as const
  expect(careMessage({ ...data, kind: 'first' }, 'zh').subject).toBe('远山想听听您的近况')
  const plays = { unknown: { reminder: { zh: '看胎压', en: 'Check your tyres' } } }
  expect(careMessage({ ...data, kind: 'reminder', plays }, 'en').text).toBe('Check your tyres')
  expect(careMessage({ ...data, kind: 'touch', step: 'touch-8' }, 'en').text).toContain(
    'Thank you for your trust',
  )
  expect(careMessage({ ...data, kind: 'touch', step: 'gone' }, 'en').text).toContain(
    'A colleague will see to it',
  )
  expect(['zh-Hans', 'en_GB', 'de', null].map((language) => careLocale(language, 'zh'))).toEqual([
    'zh',
    'en',
    'en',
    'zh',
  ])
  const causes = ['product', 'service', 'price', 'competitor', 'life-change', 'moved', 'unknown'] as const
  for (const cause of causes)
    for (const kind of ['first', 'reminder'] as const)
      for (const locale of ['zh', 'en'] as const)
        expect(careMessage({ ...data, cause, kind }, locale).text).not.toMatch(
          /优惠|折扣|活动价|流失|挽留|竞品|discount|offer|deal\b|leave us|competitor/i,
        )
})

it('writes to whom no chat reached: without an account at once, else when it has failed for long', () => {
  const call = (more: Partial<StaffCall>): StaffCall => ({
    ...{
      action: 'X',
      at: NOON,
      verb: 'open',
      person: 'lin',
      no: 1,
      customerNo: 1,
      tier: 'P0',
      state: 'open',
    },
    ...{
      reason: 'strong-word',
      clock: null,
      dueAt: null,
      places: [{ chat: 'slack', state: 'queued' }],
      ...more,
    },
  })
  const slack = new Set(['slack'])
  const asked = (more: Partial<StaffCall>, at = minutes(1), accounts = slack) =>
    unreached(call(more), accounts, at, 15 * 60_000)
  expect(asked({}, minutes(0), new Set())).toBe('no-account')
  expect(asked({ places: [{ chat: 'console', state: 'sent' }] })).toBe('no-account')
  expect(asked({})).toBeNull()
  expect(asked({}, minutes(15))).toBe('failing')
  expect(asked({ places: [{ chat: 'slack', state: 'dead' }] })).toBe('failing')
  const both = [
    { chat: 'slack', state: 'dead' },
    { chat: 'slack', state: 'sent' },
  ]
  expect(asked({ places: both }, minutes(60))).toBeNull()
  expect(asked({ state: 'claimed' }, minutes(60))).toBeNull()
  expect(asked({ verb: 'remind', clock: 'reach', state: 'claimed' }, minutes(60))).toBe('failing')
  expect(asked({ verb: 'escalate', clock: 'reach', state: 'resolved' }, minutes(60))).toBeNull()
})
