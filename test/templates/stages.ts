import { dueClocks } from '../../src/alerts/sla.ts'
import { DAY, HOUR } from '../../src/clock.ts'
import type { AlertCardData } from '../../templates/alert.ts'
import { TERMS } from '../alerts/cases.ts'
import { ago, alertIn, assessment, cardData, customer, NOW, SHEN } from './cases.ts'

export const OUTCOME = {
  result: 'lost',
  reason: 'service',
  action: '店长上门道歉，退还三次工时费',
  entitlement: '免费保养一次',
  costMinor: 128_000,
  reply: '谢谢，但我已经换到别家了，别再打 138-0013-8000。',
} as const

/** The case in each of its states, by the name its snapshot has. */
export const STAGES: Readonly<Record<string, AlertCardData>> = {
  open: cardData(alertIn('open')),
  'open, overdue': cardData(
    alertIn('open', {
      due: [
        { clock: 'claim', at: ago(20 * 60_000), missed: true },
        { clock: 'reach', at: new Date(+NOW + 21 * HOUR), missed: false },
      ],
    }),
    { dataAgeHours: 30 },
  ),
  'open, a relapse': cardData(alertIn('open', { trigger: 'relapse', previous: 'a-1010' }), {
    repeatOf: {
      no: 1010,
      note: '店长当面道歉，送了一次保养，客户说再给一次机会。',
      relapse: 'new-evidence',
    },
  }),
  'open, never came back while they were watched': cardData(
    alertIn('open', {
      trigger: 'relapse',
      previous: 'a-1010',
      assessment: { ...assessment, tier: 'routine', reason: 'quiet', readings: [], factors: [], stage: null },
    }),
    { repeatOf: { no: 1010, note: '', relapse: 'no-recovery' } },
  ),
  'open, left while they were watched': cardData(
    alertIn('open', {
      trigger: 'relapse',
      previous: 'a-1010',
      assessment: {
        ...assessment,
        tier: 'routine',
        reason: 'already-gone',
        readings: [],
        factors: [],
        stage: null,
      },
    }),
    { repeatOf: { no: 1010, note: '店长当面道歉，送了一次保养，客户说再给一次机会。', relapse: 'left' } },
  ),
  'open, masked, no consent': cardData(alertIn('open'), { maskNames: true, contactConsent: false }),
  'open, P1': cardData(
    alertIn('open', {
      tier: 'P1',
      assessment: {
        ...assessment,
        ...{ tier: 'P1', reason: 'two-signals', cause: 'competitor', highValue: false },
        ltvEstimateMinor: 8_645_050,
      },
      due: dueClocks('P1', ago(HOUR), TERMS).map((due) => ({ ...due, missed: false })),
    }),
    {
      customer: { ...customer, ltvMinor: null, valueTier: 'mid', site: null, product: null, region: null },
    },
  ),
  'open, asked of someone, told to the regional manager': cardData(
    alertIn('open', {
      assignee: 'shen',
      escalated: 2,
      due: [{ clock: 'claim', at: new Date(+NOW + HOUR), missed: false }],
    }),
    { assigneeName: SHEN },
  ),
  'open, a drop without a rhythm, nothing known of the customer': cardData(
    alertIn('open', {
      assessment: { ...assessment, beats: { event: 'visit', at: [] }, stage: null },
    }),
    { standing: { stage: null, layer: null, rfm: null, lifecycle: null } },
  ),
  claimed: cardData(alertIn('claimed')),
  contacted: cardData(
    alertIn('contacted', {
      contactedAt: ago(3 * 60_000),
      due: [{ clock: 'outcome', at: new Date(+NOW + 6.9 * DAY), missed: false }],
    }),
  ),
  snoozed: cardData(alertIn('snoozed', { snoozedUntil: new Date('2026-06-02T09:00:00+08:00') })),
  watch: cardData(
    alertIn('watch', { watchFrom: ago(4.3 * DAY), watchUntil: new Date(+NOW + 25.7 * DAY), due: [] }),
    {
      lastNote: '免费返修好了，客户说愿意再看看。',
    },
  ),
  'watch, with what was given': cardData(
    alertIn('watch', {
      watchFrom: ago(4.3 * DAY),
      watchUntil: new Date(+NOW + 25.7 * DAY),
      due: [],
      outcome: { ...OUTCOME, result: 'stays', action: '免费返修好了，客户说愿意再看看。' },
    }),
    { lastNote: '免费返修好了，客户说愿意再看看。' },
  ),
  'watch, cooling': cardData(
    alertIn('watch', {
      course: 'cooling',
      watchFrom: ago(16 * DAY),
      watchUntil: new Date(+NOW + 14 * DAY),
      due: [],
    }),
  ),
  'watch, too early to tell': cardData(
    alertIn('watch', {
      course: 'too-early',
      watchFrom: ago(2 * DAY),
      watchUntil: new Date(+NOW + 28 * DAY),
      due: [],
    }),
  ),
  retained: cardData(alertIn('retained', { closedAt: ago(HOUR), due: [] })),
  relapsed: cardData(alertIn('relapsed', { closedAt: ago(HOUR), due: [] }), { relapseNo: 1077 }),
  resolved: cardData(alertIn('resolved', { closedAt: ago(HOUR), outcome: OUTCOME, due: [] }), {
    maskNames: true,
  }),
  dismissed: cardData(alertIn('dismissed', { closedAt: ago(HOUR), due: [] }), {
    lastNote: '客户出国半年，走之前打过招呼。',
  }),
}
