import fc from 'fast-check'
import { expect, test } from 'vitest'
import { whenToCall } from '../../src/alerts/reach.ts'
import { LOCALES, type Locale, same, text } from '../../src/text.ts'
import { type CallPack, claimedCard } from '../../templates/call-pack.ts'
import { LIMITS } from '../../templates/limits.ts'
import { alertIn, customer, NOW, SHEN, view } from './cases.ts'
import { words } from './hostile.ts'
import { PLAYS } from './plays.ts'
import { render } from './render.ts'

const pack: CallPack = {
  alert: alertIn('claimed'),
  customer: { ...customer, phone: '13800138000', contactConsent: true, timeZone: null },
  reach: whenToCall([], 'Asia/Shanghai', NOW),
  before: { no: 1007, words: '答应三天内给维修方案', entitlement: text('一次免费保养', 'One free service') },
  managerName: SHEN,
  grant: {
    own: [text('免费检测', 'Free inspection'), text('一次免费保养', 'One free service')],
    ownLimitMinor: 50_000,
    above: [text('延保半年', 'Six more months of warranty')],
    aboveLimitMinor: 300_000,
    isTop: false,
  },
  money: { currency: 'CNY' },
  plays: PLAYS,
  care: null,
}
const evenings = [1, 2, 3].map((day) => Date.parse(`2026-05-0${day}T19:10:00+02:00`))
const PACKS: Readonly<Record<string, CallPack>> = {
  'the same clock, a promise from before': pack,
  'night where the customer is, who is about in the evening': {
    ...pack,
    reach: whenToCall(evenings, 'Europe/Berlin', NOW),
    before: null,
    managerName: null,
    grant: { ...pack.grant, own: [], above: [] },
  },
  'day where the customer is, no number': {
    ...pack,
    customer: { ...pack.customer, phone: null },
    reach: whenToCall([], 'America/Los_Angeles', NOW),
    before: { no: 1007, words: '答应三天内给维修方案', entitlement: null },
    grant: { ...pack.grant, ownLimitMinor: null, above: [], isTop: true },
  },
  'no consent, P1': {
    ...pack,
    alert: alertIn('claimed', { tier: 'P1' }),
    customer: { ...pack.customer, contactConsent: false },
  },
}

test.each(Object.entries(PACKS))('%s', (_, data) => {
  const card = (locale: Locale) => render(claimedCard({ no: data.alert.no, pack: data }, view(locale)))
  expect(LOCALES.map(card).join('\n======\n')).toMatchSnapshot()
})

test('who has not agreed to be contacted is shown without a number, an hour or an opening line', () => {
  const data = PACKS['no consent, P1']!
  for (const locale of LOCALES) {
    const json = JSON.stringify(claimedCard({ no: 1, pack: data }, view(locale)))
    expect(json).not.toMatch(/138|10:00|可以这样开口|open with/)
  }
})

test('whatever was noted, the answer keeps to its limits', () => {
  fc.assert(
    fc.property(words, fc.constantFrom(...LOCALES), (told, locale) => {
      const before = { no: 1, words: told, entitlement: same(told) }
      const whose = { ...pack.customer, name: told, phone: told }
      const card = claimedCard({ no: 1, pack: { ...pack, before, customer: whose } }, view(locale))
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(LIMITS.bytes + 300)
      expect(JSON.stringify(card)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\0]/)
    }),
    { numRuns: 50 },
  )
})
